"""Use cases are listed by every type of device that they are for, and as records to copy."""

import json
from pathlib import Path

import pytest

from emulator.bench.cases.cases import cases_of
from emulator.gbcs.use_cases.catalogue import use_case, use_cases
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.kernel.errors import UsageError
from emulator.lab.interactive.own_use_cases import own_use_cases, read_folder
from emulator.lab.use_case_listing import devices_of, record_lines, use_case_rows


@pytest.mark.parametrize("kind", list(DeviceKind))
def test_whatever_the_bench_asks_of_a_device_is_listed_for_it(kind: DeviceKind) -> None:
    listed = {row["code"] for row in use_case_rows(kind.value)}

    assert {f"{each.use_case.code:04X}" for each in cases_of(kind)} <= listed


def test_what_only_messages_show_is_listed_as_well() -> None:
    assert "ESME" in devices_of(use_case(0x1000))
    assert devices_of(use_case(0x0027)) == ["ESME"]


def test_letters_of_a_type_may_be_small_and_other_types_are_refused() -> None:
    assert use_case_rows("gsme") == use_case_rows("GSME")
    with pytest.raises(UsageError, match="'TOASTER': expected CHF, ESME"):
        use_case_rows("TOASTER")


def test_own_records_are_listed_by_their_target(tmp_path: Path) -> None:
    own = {"code": "0900", "name": "XCS01", "title": "x", "category": "SME.C.NC"}
    (tmp_path / "own.jsonl").write_text(json.dumps(own | {"evidence": "name", "target": "ESME"}))

    with own_use_cases(tmp_path):
        names = [row["name"] for row in use_case_rows("ESME")]

    assert "XCS01" in names


def test_records_that_are_listed_can_be_used_as_own_ones(tmp_path: Path) -> None:
    (tmp_path / "copied.jsonl").write_text("\n".join(record_lines()))

    assert [each.code for each in read_folder(tmp_path)] == [each.code for each in use_cases()]
