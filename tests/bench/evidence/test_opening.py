"""Opening what may be anything: refused in words, never a traceback, never a trap sprung."""

import io
import stat
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.bench.evidence.bundle import MANIFEST, Bundle, manifest_of, zipped
from emulator.bench.evidence.opening import (
    MOST_FILES,
    manifest_document,
    open_bundle,
    read_bundle,
    read_json,
)
from emulator.kernel.errors import UsageError

SMALL = {"a.txt": b"some text " * 20, "captures/han.pcapng": bytes(range(256))}
WHOLE = zipped(Bundle(manifest_of(SMALL, {}), SMALL))


def zip_of(*entries: tuple[zipfile.ZipInfo | str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, octets in entries:
            packing = zipfile.ZIP_DEFLATED
            archive.writestr(entry, octets, compress_type=packing)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "name",
    [
        "../outside.txt",
        "/etc/passwd",
        "a/../../b",
        "C:\\windows\\x",
        "a\\..\\b",
        ".hidden",
        "a//b",
        "a/",
        "na\u00efve",
    ],
)
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    with pytest.raises(UsageError, match="is none of a file in a bundle"):
        read_bundle(zip_of((MANIFEST, b"{}"), (name, b"")), "x.zip")


def test_a_link_is_refused() -> None:
    entry = zipfile.ZipInfo("link")
    entry.create_system = 3
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16

    with pytest.raises(UsageError, match="'link' is a link"):
        read_bundle(zip_of((MANIFEST, b"{}"), (entry, b"/etc/passwd")), "x.zip")


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(UsageError, match="more than its packing gives"):
        read_bundle(zip_of((MANIFEST, b"{}"), ("zeros", bytes(20 << 20))), "x.zip")


def test_a_bomb_that_lies_about_its_size_unpacks_no_more_than_it_says() -> None:
    octets = zip_of((MANIFEST, b"{}"), ("zeros", bytes(8 << 20)))

    lying = octets.replace((8 << 20).to_bytes(4, "little"), (10).to_bytes(4, "little"))

    assert lying != octets
    with pytest.raises(UsageError, match="no whole zip"):
        read_bundle(lying, "x.zip")


def test_too_many_files_are_refused() -> None:
    many = [(f"f{number}", b"") for number in range(MOST_FILES + 1)]

    with pytest.raises(UsageError, match=f"expected at most {MOST_FILES}"):
        read_bundle(zip_of(*many), "x.zip")


def test_more_octets_than_a_campaign_has_are_refused() -> None:
    octets = bytearray(zip_of((MANIFEST, b"{}"), ("a", b"\x00")))
    place = octets.rfind(b"PK\x01\x02")
    octets[place + 24 : place + 28] = (0xFFFF_FFF0).to_bytes(4, "little")

    with pytest.raises(UsageError, match="octets when unpacked"):
        read_bundle(bytes(octets), "x.zip")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_refused() -> None:
    with pytest.raises(UsageError, match="two files are called 'a'"):
        read_bundle(zip_of((MANIFEST, b"{}"), ("a", b"1"), ("a", b"2")), "x.zip")


def test_other_packings_are_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a", b"1", compress_type=zipfile.ZIP_BZIP2)

    with pytest.raises(UsageError, match="packed by method 12"):
        read_bundle(buffer.getvalue(), "x.zip")


def test_encrypted_files_are_refused() -> None:
    octets = bytearray(zip_of((MANIFEST, b"{}"), ("a", b"1")))
    octets[octets.rfind(b"PK\x01\x02") + 8] |= 1

    with pytest.raises(UsageError, match="'a' is encrypted"):
        read_bundle(bytes(octets), "x.zip")


@pytest.mark.parametrize(
    ("octets", "reason"),
    [
        (b"#!/bin/sh\n" + WHOLE, "10 octets before its first file"),
        (WHOLE + b"more", "4 octets after its end"),
        (WHOLE[:-2] + b"\x04\x00more", "a comment"),
    ],
)
def test_what_stands_in_no_file_of_a_bundle_is_refused(octets: bytes, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        read_bundle(octets, "x.zip")


def test_a_foreign_zip_is_none_of_hanlab() -> None:
    with pytest.raises(UsageError, match=f"without {MANIFEST}"):
        read_bundle(zip_of(("readme.txt", b"hello")), "x.zip")


@pytest.mark.parametrize(
    ("manifest", "reason"),
    [
        (b"{}", "none of hanlab"),
        (b"[]", "expected a JSON object"),
        (b"\xff", "no JSON"),
        (b"[" * 100_000, "no JSON"),
        (b'{"bundle": "hanlab evidence", "schema_version": 9}', "reads up to 1"),
        (b'{"bundle": "hanlab evidence", "schema_version": 1}', "no list of path"),
        (b'{"bundle": "hanlab evidence", "schema_version": 1, "files": [{}]}', "no list of path"),
    ],
    ids=["foreign", "list", "octets", "deep", "later", "no files", "bad files"],
)
def test_a_manifest_that_is_none_is_refused(manifest: bytes, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        manifest_document(Bundle(manifest, {}), "x.zip")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        open_bundle(tmp_path / "none.zip")
    with pytest.raises(UsageError, match="directory"):
        open_bundle(tmp_path)


@given(st.integers(0, len(WHOLE) - 1))
def test_a_bundle_cut_anywhere_is_refused(length: int) -> None:
    with pytest.raises(UsageError):
        read_bundle(WHOLE[:length], "x.zip")


@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_a_changed_octet_is_refused_or_changes_no_file(place: int, mask: int) -> None:
    octets = bytearray(WHOLE)
    octets[place] ^= mask

    try:
        bundle = read_bundle(bytes(octets), "x.zip")
    except UsageError:
        return

    names = bundle.files.keys() & SMALL.keys()
    assert all(bundle.files[name] == SMALL[name] for name in names)


@given(st.binary(max_size=300))
def test_any_octets_are_refused_in_words(octets: bytes) -> None:
    with pytest.raises(UsageError):
        read_bundle(octets, "x.zip")


@given(st.binary(max_size=100))
def test_any_octets_are_a_json_object_or_refused(octets: bytes) -> None:
    try:
        assert isinstance(read_json(octets, "x"), dict)
    except UsageError:
        return
