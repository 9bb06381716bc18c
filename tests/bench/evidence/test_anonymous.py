"""A campaign without identities."""

from dataclasses import replace

from jsonschema import Draft202012Validator

from emulator.bench.campaigns.results import CaseResult
from emulator.bench.evidence.anonymous import anonymous_document, anonymous_result
from emulator.bench.evidence.identities import WITHHELD, identities_of
from emulator.bench.report.campaign_document import report_schema, results_digest
from emulator.testing.scenes.evidence_scene import finished_folder


def anonymous(result: CaseResult, *, keep_texts: bool = False) -> CaseResult:
    known = identities_of(finished_folder().document)
    return anonymous_result(result, known, keep_texts=keep_texts)


def failed() -> CaseResult:
    return next(each for each in finished_folder().results if each.verdict == "fail")


def test_octets_are_withheld_and_what_they_say_stays() -> None:
    told = anonymous(failed())

    assert told.hexdump == WITHHELD
    assert all("octets" not in each for each in told.messages)
    assert "  use case: ECS17b" in told.messages[0]["detail"][1]
    assert any(line.startswith("  originator: EUI64-") for line in told.messages[0]["detail"])


def test_frames_lose_their_octets() -> None:
    frame = {"at": 1, "from": "hub", "to": "00-DB-12-34-56-78-90-A0", "label": "x", "psdu": "00"}

    told = anonymous(replace(failed(), frames=(frame,)))

    assert told.frames[0]["to"].startswith("EUI64-")
    assert "psdu" not in told.frames[0]


def test_the_command_names_the_device_as_the_results_do() -> None:
    told = anonymous(failed())

    wanted = "device-2:ESME/0027/ECS17b/wrong-mac"
    assert told.device == "device-2"
    assert told.again == f"hanlab bench run campaign.toml --case {wanted}"


def test_trees_under_telling_labels_are_gone_whole() -> None:
    below = {"label": "x", "value": "G4"}
    serial = {"label": "serial number", "value": "G4", "children": [below]}
    tree = {"label": "device", "children": [serial]}

    told = anonymous(replace(failed(), seen=tree)).seen

    assert told == {
        "label": "device",
        "children": [{"label": "serial number", "value": WITHHELD}],
    }


def test_what_people_wrote_is_withheld_unless_it_is_asked_for() -> None:
    agreed = next(each for each in finished_folder().results if each.waiver)
    reason = "agreed in March"

    assert anonymous(replace(agreed, waiver=reason)).waiver == WITHHELD
    assert anonymous(replace(agreed, waiver=reason), keep_texts=True).waiver == reason


def test_the_document_is_still_one_of_the_schema_and_of_its_results() -> None:
    folder = finished_folder()
    known = identities_of(folder.document)
    results = [anonymous(each) for each in folder.results]

    told = anonymous_document(folder.document, results, known, keep_texts=False)

    assert not list(Draft202012Validator(report_schema()).iter_errors(told))
    assert told["results_sha256"] == results_digest(results)
    assert (told["campaign"], told["inputs"]) == ("campaign", [])
    assert told["counts"] == folder.document["counts"]
    assert [each["name"] for each in told["devices"]] == ["device-1", "device-2"]
