"""What the gas proxy function takes from a command, and how far the meter carried it out."""

from dataclasses import replace

import pytest

from emulator.gbcs.gbz_component import AdditionalHeader, GbzComponent
from emulator.gbcs_device.execution import InjectedFault
from emulator.gbcs_device.gbz.proxy.tap_off_messages import (
    CODES,
    Accepted,
    Treatment,
    accepted,
    treatment,
)
from emulator.testing.scenes.gbz_scene import answers, command, component, filled, meter, read
from emulator.zcl.payloads.calendar import PublishCalendar, PublishSpecialDays
from emulator.zcl.payloads.device_management import PublishChangeOfSupplier, UpdateSiteID
from emulator.zcl.payloads.events import ClearEventLogRequest, GetEventLog
from emulator.zcl.payloads.messaging import DisplayMessage
from emulator.zcl.payloads.prepayment import SetOverallDebtCap
from emulator.zcl.payloads.price import GetCurrentPrice, PublishBillingPeriod, PublishBlockPeriod

CALENDAR = component(0x0707, filled(PublishCalendar, issuer_calendar_id=7), 0)
DAYS = component(0x0707, filled(PublishSpecialDays, issuer_calendar_id=7), 1)
CLEAR = component(0x0709, ClearEventLogRequest(log_id=3), 2)


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        (CALENDAR, Treatment.TAKE),
        (DAYS, Treatment.TAKE),
        (CLEAR, Treatment.TAKE),
        (component(0x0700, filled(PublishBillingPeriod)), Treatment.TAKE),
        (component(0x0700, filled(PublishBlockPeriod)), Treatment.TAKE),
        (component(0x0703, filled(DisplayMessage)), Treatment.TAKE),
        (component(0x0708, filled(PublishChangeOfSupplier)), Treatment.TAKE),
        (component(0x0705, filled(SetOverallDebtCap)), Treatment.IGNORE),
        (component(0x0708, filled(UpdateSiteID)), Treatment.REFUSE),
        (component(0x0709, filled(GetEventLog)), Treatment.REFUSE),
        (component(0x0700, filled(GetCurrentPrice)), Treatment.REFUSE),
        (read(0x0700, 1), Treatment.REFUSE),
        (replace(CALENDAR, additional_header=AdditionalHeader(0, 0)), Treatment.REFUSE),
    ],
)
def test_what_is_done_with_a_component(asked: GbzComponent, what: Treatment) -> None:
    assert treatment(asked) is what


def test_the_codes_are_those_of_tariffs_messages_and_suppliers() -> None:
    assert len(CODES) == 8
    assert 0x006B in CODES


def test_all_components_that_a_meter_carried_out_are_accepted() -> None:
    asked = (CALENDAR, DAYS, CLEAR)

    assert accepted(asked, answers(meter(), command(asked))) == Accepted(asked)


@pytest.mark.parametrize("item", [0, 1, 2])
def test_components_up_to_the_first_that_failed_are_accepted(item: int) -> None:
    asked = (CALENDAR, DAYS, CLEAR)
    found = answers(meter(), command(asked, faults=[InjectedFault(item, 0xC0)]))

    told = accepted(asked, found)

    assert told.components == asked[:item]
    assert told.refused == f"component {item} was not carried out"


def test_another_number_of_answers_tells_nothing() -> None:
    found = answers(meter(), command((CALENDAR, DAYS)))

    assert accepted((CALENDAR,), found).refused == "2 answers to 1 components"
    assert accepted((CALENDAR,), found).components == ()


@pytest.mark.parametrize("change", ["cluster", "sequence", "direction", "payload", "command"])
def test_an_answer_that_does_not_belong_is_none(change: str) -> None:
    (found,) = answers(meter(), command([CALENDAR]))
    changed = {
        "cluster": replace(found, cluster=0x0700),
        "sequence": replace(found, header=answers(meter(), command([DAYS]))[0].header),
        "direction": replace(found, header=CALENDAR.header),
        "payload": replace(found, payload=b"\x00"),
        "command": replace(found, header=read(0x0707, 0).header),
    }

    assert accepted((CALENDAR,), (changed[change],)).components == ()


def test_a_command_in_answer_other_than_of_clearing_is_no_success() -> None:
    asked = component(0x0705, filled(SetOverallDebtCap))
    wrong = replace(asked, header=replace(asked.header, to_client=True))

    assert accepted((asked,), (wrong,)).components == ()
