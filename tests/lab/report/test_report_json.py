import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from emulator.kernel.errors import LocalError
from emulator.lab.kept.result import Verdict
from emulator.lab.report.report_json import report_document, report_schema
from emulator.testing.scenes.results import dual_fuel_result

REFERENCE = Path(__file__).parents[3] / "docs/reference/report-files.md"


def problems(document: object) -> list[str]:
    validator = Draft202012Validator(report_schema())
    return [error.json_path for error in validator.iter_errors(document)]


def written() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(json.dumps(report_document(dual_fuel_result())))
    return document


def test_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(report_schema())


def test_document_is_valid_against_the_schema() -> None:
    assert problems(written()) == []


def test_document_has_the_fields_of_the_contract_in_its_order() -> None:
    names = (
        "schema_version hanlab_version scenario source service_mode seed settings inputs verdict "
        "steps devices frames virtual_seconds wall_seconds radio_seconds trace_sha256 unverified"
    )

    document = written()

    assert list(document) == names.split()
    assert list(report_schema()["properties"]) == names.split()


def test_document_says_what_the_run_was() -> None:
    document = written()

    for of_lists in ("steps", "devices"):
        del document[of_lists]
    assert document == {
        "schema_version": 1,
        "hanlab_version": "0.1.0",
        "scenario": "commissioning/every_device_joins",
        "source": [
            {"document": "ZSE 1.4", "clause": "5.5.5"},
            {"document": "ZSE 1.4", "clause": "5.4"},
        ],
        "service_mode": "han_only",
        "seed": 1,
        "settings": {"channel": "11", "join.first_backoff": "1 s", "poll.gsme": "7.5 s"},
        "inputs": [
            {"path": "inputs/dual-fuel.csv", "sha256": "5f" * 32},
            {"path": "inputs/cbke_vectors.json", "sha256": "a0" * 32},
        ],
        "verdict": "fail",
        "frames": 480,
        "virtual_seconds": dual_fuel_result().virtual_seconds,
        "wall_seconds": 0.412,
        "radio_seconds": dual_fuel_result().radio_seconds,
        "trace_sha256": "3c" * 32,
        "unverified": ["join.first_backoff"],
    }


def test_document_gives_each_step_in_order_with_its_times() -> None:
    steps = written()["steps"]

    assert steps[2] == {
        "name": "esme agrees its link key",
        "clause": "ZSE 1.4 5.5.5",
        "verdict": "pass",
        "start_us": 616_118,
        "end_us": 1_103_449,
        "detail": "suite 2",
    }
    assert [step["verdict"] for step in steps[-3:]] == ["pass", "inconclusive", "not_applicable"]


def test_document_gives_each_device_with_its_key_state() -> None:
    devices = written()["devices"]

    assert devices[2] == {
        "eui64": "00-DB-12-34-56-78-90-A0",
        "type": "ESME",
        "nwk": 0x3F1C,
        "joined": True,
        "link_key": "cbke",
        "suite": 2,
        "smi_status": None,
    }
    assert [row["link_key"] for row in devices[:2]] == ["none", "none"]
    assert (devices[5]["link_key"], devices[5]["suite"]) == ("preconfigured", None)
    assert (devices[7]["joined"], devices[7]["nwk"]) == (False, None)


def test_a_run_cannot_be_not_applicable() -> None:
    with pytest.raises(LocalError, match="not_applicable"):
        report_document(replace(dual_fuel_result(), verdict=Verdict.NOT_APPLICABLE))


@pytest.mark.parametrize("name", report_schema()["required"])
def test_schema_refuses_a_document_without_a_field(name: str) -> None:
    document = written()

    del document[name]

    assert problems(document) == ["$"]


@pytest.mark.parametrize("item", ["source", "inputs", "steps", "devices"])
def test_schema_refuses_an_item_with_a_field_missing_or_too_many(item: str) -> None:
    document = written()

    first, *_ = document[item]
    document[item] = [{**first, "colour": "green"}, {}]

    assert f"$.{item}[0]" in problems(document)
    assert f"$.{item}[1]" in problems(document)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("schema_version", 2),
        ("scenario", ""),
        ("service_mode", "lab"),
        ("seed", "1"),
        ("seed", 1.5),
        ("settings.channel", 11),
        ("inputs.0.sha256", "5F" * 32),
        ("verdict", "passed"),
        ("verdict", "not_applicable"),
        ("steps.0.verdict", "skipped"),
        ("steps.0.start_us", -1),
        ("steps.0.end_us", 0.5),
        ("devices.0.eui64", "00:DB:12:34:56:78:90:A2"),
        ("devices.0.nwk", 65_536),
        ("devices.0.nwk", "0x0000"),
        ("devices.0.joined", 1),
        ("devices.0.link_key", "install_code"),
        ("devices.0.suite", 1),
        ("devices.2.suite", None),
        ("devices.2.suite", 3),
        ("devices.0.smi_status", 7),
        ("frames", -1),
        ("wall_seconds", "0.4"),
        ("radio_seconds", -0.1),
        ("trace_sha256", ""),
        ("unverified", [1]),
        ("colour", "green"),
    ],
)
def test_schema_refuses_a_wrong_value(path: str, value: object) -> None:
    document = written()
    *above, last = path.split(".")

    place: Any = document
    for step in above:
        place = place[int(step)] if step.isdigit() else place[step]
    place[last] = value

    assert problems(document) != []


def test_reference_page_names_every_field() -> None:
    text = REFERENCE.read_text("utf-8")
    schema = report_schema()["properties"]

    names = set(schema)
    for of_lists in ("source", "inputs", "steps", "devices"):
        names |= set(schema[of_lists]["items"]["properties"])

    assert [name for name in sorted(names) if f"`{name}`" not in text] == []
