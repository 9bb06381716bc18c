"""Clocks of meters that drift: they follow the hub by themselves, or tell that they cannot."""

from pathlib import Path

import pytest

from emulator.equipment.facts import ClockCompared
from emulator.gbcs.envelope import Message
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.message_protection import Protection
from emulator.lab.inputs.overrides import Overrides
from emulator.lab.installing.installation import Installation
from emulator.lab.laboratory import LabOptions
from emulator.lab.world.parties import SUPPLIER
from emulator.metering.event_codes import EventCode
from emulator.testing.judges.capture_judge import judge_capture
from emulator.testing.scenes.installed_homes import installed_home

pytestmark = pytest.mark.slow
SHIPMENT = Path(__file__).parents[1] / "data/shipments/dual-fuel.csv"
DRIFTS = {("electricity_meter", "drift"): 150_000, ("gas_meter", "drift"): 60_000}
"""13 and 5 s a day."""


@pytest.fixture(scope="module")
def work() -> Installation:
    """A home whose meters are fast, a day after its installation."""
    options = LabOptions(overrides=Overrides(rooms=DRIFTS))
    made = installed_home(SHIPMENT, "ESME", "GSME", options=options)
    made.lab.run("25 h")
    return made


def test_meters_compare_their_clocks_with_the_hubs_once_a_day(work: Installation) -> None:
    told = {
        entry.node: (fact.outcome, -fact.move // 1_000_000)
        for entry, fact in work.lab.trace.of(ClockCompared)
    }

    assert told == {"ESME": ("outside tolerance", 12), "GSME": ("adjusted", 4)}


def test_clock_that_is_too_far_away_is_told_to_the_supplier(work: Installation) -> None:
    alerts = work.side.dcc.mailbox.device_alerts
    (alert,) = [each for each in alerts if each.code == EventCode.CLOCK_NOT_ADJUSTED]

    assert (alert.user, alert.device) == (
        SUPPLIER,
        work.home.device("ESME").description.eui64,
    )
    keys = work.side.pki.keys
    message = Message.decode(alert.message)
    assert Protection(keys=keys, agreement=StoredKeyAgreement(keys)).verify(message).valid


def test_wireshark_reads_what_they_ask(work: Installation, tmp_path: Path) -> None:
    judgement = judge_capture(tmp_path, work.lab.capture(), work.lab.key_file())

    assert judgement.ok
