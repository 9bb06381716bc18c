import json
from pathlib import Path

import pytest

from emulator.gbcs.use_cases.catalogue import known_use_case, use_cases
from emulator.kernel.errors import UsageError
from emulator.lab.interactive.own_use_cases import own_use_cases, read_folder
from emulator.testing.scenes.own_record import RECORD

NEW = {"code": "0ABC", "title": "Ring the bell", "category": "SME.C.NC", "evidence": "name"}
CHANGED = NEW | {"code": "0019", "title": "Our own tariff"}


def folder(path: Path, **files: str) -> Path:
    for name, text in files.items():
        (path / f"{name}.jsonl").write_text(text)
    return path


def test_records_of_a_folder_join_and_replace_those_of_the_package(tmp_path: Path) -> None:
    own = folder(tmp_path, a=json.dumps(NEW), b=json.dumps(CHANGED))

    with own_use_cases(own):
        added, changed, untouched = map(known_use_case, (0x0ABC, 0x0019, 0x0027))
        codes = [each.code for each in use_cases()]

    assert (str(added), str(changed)) == ("Ring the bell", "Our own tariff")
    assert untouched == known_use_case(0x0027)
    assert len(codes) == 241
    assert codes == sorted(codes)


def test_records_are_forgotten_afterwards(tmp_path: Path) -> None:
    with own_use_cases(folder(tmp_path, a=json.dumps(NEW))):
        assert known_use_case(0x0ABC) is not None

    assert known_use_case(0x0ABC) is None


def test_without_a_folder_there_are_those_of_the_package() -> None:
    with own_use_cases(None):
        assert len(use_cases()) == 240


def test_everything_that_is_wrong_is_told_by_file_and_line(tmp_path: Path) -> None:
    own = folder(
        tmp_path,
        a=json.dumps(NEW),
        b=json.dumps(NEW),
        c=f"{json.dumps(CHANGED)}\n{{}}\nnothing",
    )
    (own / "d.jsonl").write_bytes(b"\xff")

    with pytest.raises(UsageError) as refused:
        read_folder(own)

    duplicate, *missing, nothing, unreadable = refused.value.problems
    assert duplicate == f"{own / 'b.jsonl'}:1: 0ABC is in {own / 'a.jsonl'}:1, too"
    assert [each.partition("field ")[2] for each in missing] == [
        "'code': missing",
        "'title': missing",
        "'category': missing",
        "'evidence': missing",
    ]
    assert all(each.startswith(f"{own / 'c.jsonl'}:2: ") for each in missing)
    assert nothing.startswith(f"{own / 'c.jsonl'}:3: no JSON")
    assert unreadable == f"{own / 'd.jsonl'}: no UTF-8 text"


@pytest.mark.parametrize("name", [".", "missing"])
def test_a_folder_without_records_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="no folder with records"):
        read_folder(tmp_path / name)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"roles": ["Suplier"]}, "field 'roles': 'Suplier', expected some of Supplier, Network"),
        ({"devices": ["TOASTER"]}, "field 'devices': 'TOASTER', expected some of ESME, GSME"),
        ({"target": "TOASTER"}, "field 'target': no device is named, expected some of ESME"),
        ({"name": "../XCS01"}, "field 'name': '../XCS01', expected letters"),
        ({"command": {}}, "field 'command': nothing to say, expected values, and dlms"),
        ({"command": {"dlsm": []}}, "field 'command': 'dlsm', expected values, and dlms"),
        ({"command": {"dlms": [{"do": ["GET", 3, "1-0", 2]}]}}, "field 'command'"),
    ],
)
def test_what_a_record_cannot_mean_is_told_by_line(
    tmp_path: Path, change: dict[str, object], reason: str
) -> None:
    own = folder(tmp_path, a=f"\n{json.dumps(RECORD)}", b=json.dumps(RECORD | change))

    with pytest.raises(UsageError) as refused:
        read_folder(own)

    told = [each for each in refused.value.problems if "0900 is in" not in each]
    assert [each.startswith(f"{own / 'b.jsonl'}:1: {reason}") for each in told] == [True]
