"""Whether a bundle is as it was made."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from emulator.bench.evidence.bundle import Bundle, manifest_of, zipped
from emulator.bench.evidence.signature import fingerprint
from emulator.bench.evidence.verifying import Verified, verified, verify_bundle
from emulator.kernel.errors import UsageError
from emulator.testing.scenes.evidence_scene import bundle, ed25519_key, write_public_key

SIGNER = fingerprint(ed25519_key().public_key())


def look(found: Bundle) -> Verified:
    return verified(found, json.loads(found.manifest), None)


def test_a_bundle_as_it_was_made_is_whole_and_tells_its_signer(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped(bundle(sign=True)))

    found = verify_bundle(tmp_path / "a.zip")

    assert found.whole
    assert (found.signer, found.trusted) == (SIGNER, None)


def test_an_unsigned_one_is_whole_and_has_no_signer() -> None:
    found = look(bundle())

    assert (found.whole, found.signer) == (True, "")


def test_the_key_that_is_named_must_have_signed(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped(bundle(sign=True)))
    (tmp_path / "b.zip").write_bytes(zipped(bundle()))
    mine = write_public_key(tmp_path / "mine.pem", ed25519_key())
    other = write_public_key(tmp_path / "other.pem", ed25519_key(2))

    assert verify_bundle(tmp_path / "a.zip", mine).trusted is True
    assert not verify_bundle(tmp_path / "a.zip", other).whole
    assert "signed by nobody" in verify_bundle(tmp_path / "b.zip", mine).problems[0]


def test_a_changed_file_is_named() -> None:
    made = bundle(sign=True)
    octets = made.files["results.jsonl"].replace(b'"verdict":"fail"', b'"verdict":"pass"')

    found = look(replace(made, files={**made.files, "results.jsonl": octets}))

    assert found.problems == ("results.jsonl is not what was bundled: its SHA-256 is another",)


def test_a_file_too_many_a_missing_one_and_a_shorter_one_are_named() -> None:
    made = bundle()
    files = {**made.files, "more.txt": b"", "junit.xml": b""}
    del files["report.html"]

    found = look(replace(made, files=files))

    assert [each.partition(" ")[0] for each in found.problems] == [
        "more.txt",
        "junit.xml",
        "report.html",
    ]


def test_a_manifest_made_anew_does_not_have_the_signature() -> None:
    made = bundle(sign=True)
    files = {**made.files, "results.jsonl": b""}

    found = look(replace(made, files=files, manifest=manifest_of(files, {})))

    assert found.problems == ("the signature is not one of this manifest by this key",)
    assert found.signer == ""


def test_a_manifest_that_leaves_out_what_a_bundle_needs_is_found() -> None:
    found = look(Bundle(manifest_of({}, {}), {}))

    assert "manifest.json does not name results.jsonl" in found.problems


def test_a_manifest_that_names_a_file_twice_is_found() -> None:
    made = bundle()
    manifest = json.loads(made.manifest)
    manifest["files"].append(manifest["files"][0])

    assert "manifest.json names a file twice" in verified(made, manifest, None).problems


def test_a_signature_that_is_no_json_is_a_problem() -> None:
    found = look(replace(bundle(), signature=b"\xff"))

    assert "signature.json: no JSON" in found.problems[0]


def test_what_is_no_bundle_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"hello")

    with pytest.raises(UsageError, match="no whole zip"):
        verify_bundle(tmp_path / "a.zip")
