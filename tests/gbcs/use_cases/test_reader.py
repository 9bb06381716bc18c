import json
from typing import Any

import pytest

from emulator.gbcs.use_cases.reader import read_numbered, read_use_cases
from emulator.gbcs.use_cases.record import Category, Evidence
from emulator.kernel.errors import UsageError

PROVENANCE = '{"provenance":"test"}'
RECORD: dict[str, Any] = {
    "code": "0F01",
    "name": "XCS01",
    "title": "Read something",
    "category": "SME.C.NC",
    "evidence": "name",
}
COSEM_ROW = ["Time", "SMETS 5.5.1", 8, "0-0:1.0.0.255", "A", 2, "time", "octet-string(12)", ""]


def _text(*records: dict[str, Any]) -> str:
    return "\n".join((PROVENANCE, *map(json.dumps, records)))


def test_a_record_becomes_a_use_case() -> None:
    record = {**RECORD, "alerts": ["8F66"], "payloads": {"command": ["DLMS"]}, "cosem": [COSEM_ROW]}

    (use_case,) = read_use_cases(_text(record), "mine.jsonl")

    assert (use_case.code, use_case.alerts) == (0x0F01, (0x8F66,))
    assert (use_case.category, use_case.evidence) == (Category.SME_C_NC, Evidence.NAME)
    assert use_case.payloads == {"command": ("DLMS",)}
    assert (use_case.cosem[0].class_id, use_case.cosem[0].method) == (8, False)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"code": "F01"}, "field 'code': 'F01', expected four hexadecimal digits"),
        ({"code": "GGGG"}, "field 'code': 'GGGG', expected four hexadecimal digits"),
        ({"category": "SME"}, "field 'category': 'SME', expected one of SME.C.C, SME.C.NC, "),
        ({"access": "reed"}, "field 'access': 'reed', expected one of read, update"),
        ({"colour": "red"}, "field 'colour': unknown, expected one of code, name"),
        ({"sensitive": "yes"}, "field 'sensitive': 'yes', expected true or false"),
        ({"services": "8.11"}, "field 'services': '8.11', expected a list"),
        ({"title": 5}, "field 'title': 5, expected text"),
        ({"payloads": {"order": ["DLMS"]}}, "expected an object of alert, command, response"),
        ({"payloads": {"alert": ["XML"]}}, r"\['XML'\], expected ASN.1, DLMS, GBZ"),
        ({"cosem": [[1, 2]]}, "field 'cosem': .*expected 9 columns"),
        ({"cosem": [[*COSEM_ROW[:4], "X", *COSEM_ROW[5:]]]}, "'X', expected A or M"),
        ({"cosem": [[*COSEM_ROW[:3], "1-1", *COSEM_ROW[4:]]]}, "no logical name"),
        ({"cosem": [[*COSEM_ROW[:5], True, *COSEM_ROW[6:]]]}, "expected a number or null"),
        ({"zcl": [["a"]]}, "expected 7 columns"),
    ],
)
def test_a_wrong_field_is_named_with_file_and_line(change: dict[str, Any], reason: str) -> None:
    with pytest.raises(UsageError, match=rf"^mine\.jsonl:2: .*{reason}"):
        read_use_cases(_text({**RECORD, **change}), "mine.jsonl")


@pytest.mark.parametrize("field", ["code", "title", "category", "evidence"])
def test_a_missing_field_is_named(field: str) -> None:
    record = {name: value for name, value in RECORD.items() if name != field}

    with pytest.raises(UsageError, match=f"mine.jsonl:2: field '{field}': missing"):
        read_use_cases(_text(record), "mine.jsonl")


def test_everything_that_is_wrong_with_a_record_is_told() -> None:
    record = {"code": "12", "colour": "red", "title": 5, "evidence": "name"}

    with pytest.raises(UsageError) as caught:
        read_use_cases(_text(record), "mine.jsonl")

    told = [problem.split(": ")[1] for problem in caught.value.problems]
    assert told == ["field 'category'", "field 'code'", "field 'colour'", "field 'title'"]


def test_a_field_that_is_there_twice_is_refused() -> None:
    line = json.dumps(RECORD)[:-1] + ', "code": "0F02"}'

    with pytest.raises(UsageError, match=r"mine.jsonl:2: field 'code': is there twice"):
        read_use_cases(f"{PROVENANCE}\n{line}", "mine.jsonl")


def test_lines_are_counted_and_empty_ones_left_aside() -> None:
    text = f"{PROVENANCE}\n\n{json.dumps(RECORD)}\n \n"

    ((line, use_case),) = read_numbered(text, "mine.jsonl")

    assert (line, use_case.code) == (3, 0x0F01)


def test_every_wrong_line_is_told_at_once() -> None:
    text = "\n".join((PROVENANCE, "{", json.dumps(RECORD), "[1]", json.dumps(RECORD)))

    with pytest.raises(UsageError) as caught:
        read_use_cases(text, "mine.jsonl")

    places = [problem.split(" ")[0] for problem in caught.value.problems]
    assert places == ["mine.jsonl:2:", "mine.jsonl:4:", "mine.jsonl:5:"]
    assert "is that of line 3" in caught.value.problems[2]
