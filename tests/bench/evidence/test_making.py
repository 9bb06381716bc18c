"""Bundles: the same folder gives the same octets, and an anonymous one tells nobody's name."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from emulator.bench.evidence.bundle import zipped
from emulator.bench.evidence.folder import CampaignFolder
from emulator.bench.evidence.identities import eui64_forms
from emulator.bench.evidence.making import BundleRequest, bundle_of, make_bundle, summary
from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.testing.scenes.bench_results import campaign_run
from emulator.testing.scenes.bench_scene import SHIPMENT
from emulator.testing.scenes.evidence_scene import (
    CAPTURE,
    bundle,
    ed25519_key,
    finished_folder,
    write_key,
)

SECRETS = (
    "acme",
    "spring tests",
    "home.csv",
    "has one coil",
    "in march",
    "1200012345688",
    "7412345608",
    "es-1p-01",
    "gs-u6-01",
    "ch-db-01",
    "83fed3407a939723a5c639b26916d505c3b5",
)
ROWS = [line.split(",") for line in SHIPMENT.splitlines()[1:]]
NAMED = """\
name = "hanlab"
reach = "device"
shipment = "home.csv"
[[devices]]
name = "meter"
kind = "ESME"
[select]
use_cases = ["ECS17b"]
checks = ["success"]
"""


def everything(*, anonymise: bool) -> bytes:
    made = bundle(anonymise=anonymise)
    return b"\n".join((made.manifest, *made.files.values()))


@pytest.mark.parametrize("secret", SECRETS)
def test_an_anonymous_bundle_tells_no_name_number_or_reason(secret: str) -> None:
    assert secret.encode() not in everything(anonymise=True).lower()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row[0]))
def test_an_anonymous_bundle_tells_no_eui64_in_any_form(row: list[str]) -> None:
    octets = bytes.fromhex(row[1].replace("-", ""))

    found = everything(anonymise=True)

    assert not [each for each in eui64_forms(row[1]) if each.encode() in found.lower()]
    assert octets not in found
    assert octets[::-1] not in found


def test_the_same_search_finds_them_in_a_bundle_that_is_not_anonymous() -> None:
    found = everything(anonymise=False)

    assert [each for each in SECRETS[:6] if each.encode() not in found.lower()] == []
    assert bytes.fromhex("00db1234567890a0") in found


def test_identities_are_replaced_by_the_same_words_everywhere() -> None:
    files = bundle(anonymise=True).files

    report = json.loads(files["report.json"])
    declared = json.loads(files["declaration.json"])
    meter = next(each for each in report["home"] if each["type"] == "ESME")
    assert declared["devices"][1]["eui64"] == meter["eui64"]
    assert f"originator: {meter['eui64']} (ESME)".encode() in files["results.jsonl"]
    assert meter["eui64"].encode() in files["report.html"]


def test_reasons_stay_where_that_is_asked_for() -> None:
    files = bundle(anonymise=True, keep_texts=True).files

    assert b"has one coil" in files["declaration.html"]
    assert b"Kept: reasons" in files["declaration.html"]


def test_captures_are_bundled_and_withheld_from_anonymous_bundles() -> None:
    assert bundle().files["captures/han.pcapng"] == CAPTURE
    assert not [name for name in bundle(anonymise=True).files if "captures" in name]


def test_the_manifest_says_what_was_anonymised() -> None:
    assert json.loads(bundle().manifest)["anonymised"] == []
    assert "H14.40" in json.loads(bundle(anonymise=True).manifest)["anonymised"][0]


def test_a_bundle_is_written_once_and_is_the_same_octets_again(tmp_path: Path) -> None:
    campaign_run(tmp_path)
    key = write_key(tmp_path / "key.pem", ed25519_key())
    asked = BundleRequest(folder=tmp_path / "results", out=tmp_path / "a.zip", key=key)

    made = make_bundle(asked)

    assert (tmp_path / "a.zip").read_bytes() == zipped(made)
    with pytest.raises(UsageError, match="is there already"):
        make_bundle(asked)


def test_a_name_that_not_every_system_can_unpack_is_refused(tmp_path: Path) -> None:
    campaign_run(tmp_path)
    (tmp_path / "results" / "\u00fcber.pcapng").write_bytes(b"")

    with pytest.raises(UsageError, match="expected a name of letters"):
        make_bundle(BundleRequest(folder=tmp_path / "results", out=tmp_path / "a.zip"))


def test_a_place_that_cannot_be_written_is_a_fault_of_the_surroundings(tmp_path: Path) -> None:
    campaign_run(tmp_path)

    with pytest.raises(EnvironmentFault, match="none"):
        make_bundle(BundleRequest(folder=tmp_path / "results", out=tmp_path / "none" / "a.zip"))


def test_what_anonymising_cannot_take_out_stops_the_bundle(tmp_path: Path) -> None:
    campaign_run(tmp_path, NAMED)
    out = tmp_path / "a.zip"

    with pytest.raises(EnvironmentFault, match="still tells 'hanlab'"):
        make_bundle(BundleRequest(folder=tmp_path / "results", out=out, anonymise=True))
    assert not out.exists()


def test_a_summary_counts_aspects_and_agreed_ones() -> None:
    told = json.loads(bundle().files["declaration.json"])

    assert summary(bundle(), told) == "8 files, 2 non-compliant aspects, 1 of them agreed"


@pytest.mark.parametrize("word", ["mac", "ack", "wrong-mac", "success", "4.x", "ECS17b", "GBCS"])
def test_a_device_may_be_called_as_the_bench_calls_something(word: str) -> None:
    made = called(finished_folder(), word)
    asked = BundleRequest(folder=Path("results"), out=Path("x.zip"), anonymise=True)

    told = bundle_of(made, asked, None).files["results.jsonl"].decode()

    rows = [json.loads(line) for line in told.splitlines()]
    assert {row["check"] for row in rows} == {each.check for each in made.results}
    assert {frame["layer"] for row in rows for frame in row.get("frames", ())} == {"mac"}


def called(folder: CampaignFolder, word: str) -> CampaignFolder:
    """The campaign with its first device under another name, and a frame in each of its cases."""
    first, *others = folder.document["devices"]
    ends = {"from": "CHF", "to": "ESME"}
    frame = {"at": 1, **ends, "label": "x", "layer": "mac", "security": "", "psdu": "00"}
    results = tuple(
        replace(each, device=word, frames=(frame,)) if each.device == first["name"] else each
        for each in folder.results
    )
    document = {**folder.document, "devices": [{**first, "name": word}, *others]}
    return CampaignFolder(document, results, folder.campaign, folder.captures)
