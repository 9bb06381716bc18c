"""Use cases that are asked about first."""

import pytest

from emulator.gbcs.use_cases.catalogue import use_case
from emulator.gbcs.use_cases.destructive import destructive


@pytest.mark.parametrize("code", [0x0012, 0x000F, 0x0024, 0x0050, 0x0081, 0x0102, 0x0068, 0x0002])
def test_what_cuts_a_supply_takes_keys_or_wipes_logs_is_destructive(code: int) -> None:
    assert destructive(use_case(code))


@pytest.mark.parametrize("code", [0x0027, 0x0008, 0x004C, 0x00D1, 0x0021, 0x0001])
def test_reads_and_plain_settings_are_not(code: int) -> None:
    assert not destructive(use_case(code))
