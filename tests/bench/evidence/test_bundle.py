"""The zip: the same files give the same octets."""

import hashlib
import io
import json
import zipfile

from emulator.bench.evidence.bundle import MANIFEST, SIGNATURE, Bundle, manifest_of, zipped
from emulator.bench.evidence.opening import read_bundle


def test_the_manifest_names_each_file_by_size_and_digest() -> None:
    manifest = json.loads(manifest_of({"b": b"22", "a": b"1"}, {"clause": "x"}))

    assert manifest["clause"] == "x"
    assert manifest["files"] == [
        {"path": "a", "bytes": 1, "sha256": hashlib.sha256(b"1").hexdigest()},
        {"path": "b", "bytes": 2, "sha256": hashlib.sha256(b"22").hexdigest()},
    ]


def test_the_order_in_which_files_come_does_not_matter() -> None:
    one = zipped(Bundle(b"{}", {"a": b"1", "b": b"2"}))
    other = zipped(Bundle(b"{}", {"b": b"2", "a": b"1"}))

    assert one == other


def test_every_zip_program_can_read_it_and_the_manifest_is_first() -> None:
    octets = zipped(Bundle(b"{}", {"a/b.txt": b"1"}, b"{}"))

    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [MANIFEST, SIGNATURE, "a/b.txt"]


def test_what_was_zipped_is_read_back() -> None:
    bundle = Bundle(b'{"files": []}', {"a/b.txt": bytes(1000)}, b"{}")

    assert read_bundle(zipped(bundle), "x.zip") == bundle
