from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.dcc.inventory.device_kinds import DeviceKind
from emulator.dcc.inventory.evidence import UserRequest
from emulator.dcc.inventory.records import StatusChange
from emulator.dcc.inventory.rows import (
    changed_device,
    fitting,
    from_micros,
    history_of_mpxn,
    history_of_removal,
    to_eui64,
    to_micros,
)
from emulator.dcc.inventory.statuses import Certainty, SmiStatus
from emulator.dcc.inventory.triggers import Trigger
from emulator.kernel.errors import LocalError
from emulator.kernel.identity import Eui64, format_eui64
from emulator.testing.scenes.inventory_scene import ESME, INSTALLER, START, device_record

LATER = START + timedelta(days=1)


@given(moment=st.datetimes(timezones=st.just(UTC)))
def test_a_moment_keeps_every_microsecond(moment: datetime) -> None:
    assert from_micros(to_micros(moment)) == moment


def test_a_moment_of_another_zone_is_kept_as_utc() -> None:
    summer = datetime(2026, 7, 1, 12, tzinfo=timezone(timedelta(hours=1)))

    assert from_micros(to_micros(summer)) == datetime(2026, 7, 1, 11, tzinfo=UTC)


@given(device=st.integers(0, 2**64 - 1))
def test_an_eui64_of_any_value_fits(device: int) -> None:
    assert to_eui64(format_eui64(device)) == Eui64(device)


@pytest.mark.parametrize("text", ["1" * 13, "12\n", "\ud800"])
def test_a_text_that_does_not_fit_is_refused(text: str) -> None:
    with pytest.raises(LocalError, match="uprn"):
        fitting("uprn", text)


def test_a_text_that_fits_is_kept() -> None:
    assert fitting("uprn", "1" * 12) == "1" * 12


def test_moments_are_counted_from_1970() -> None:
    assert to_micros(datetime(1970, 1, 1, tzinfo=UTC)) == 0
    assert to_micros(datetime(1970, 1, 2, 0, 0, 1, tzinfo=UTC)) == 86_401_000_000


def change(trigger: Trigger, after: SmiStatus) -> StatusChange:
    return StatusChange(
        device=ESME,
        kind=DeviceKind.ESME,
        before=SmiStatus.PENDING,
        after=after,
        moment=LATER,
        trigger=trigger,
        clause="",
        certainty=Certainty.SOURCED,
    )


def test_a_device_resumes_the_status_in_which_it_was_suspended_and_no_other() -> None:
    pending = device_record(DeviceKind.ESME, SmiStatus.PENDING)

    suspended = changed_device(change(Trigger.MODEL_SUSPENDED, SmiStatus.SUSPENDED), pending)
    joined = changed_device(change(Trigger.KEY_ESTABLISHED, SmiStatus.WHITELISTED), pending)

    assert (suspended["new_resumes"], joined["new_resumes"]) == (SmiStatus.PENDING.value, None)


@pytest.mark.parametrize(
    ("trigger", "after", "commissioned"),
    [
        (Trigger.COMMISSION_DEVICE, SmiStatus.COMMISSIONED, LATER),
        (Trigger.JOIN_SERVICE, SmiStatus.COMMISSIONED, LATER),
        (Trigger.MODEL_RESTORED, SmiStatus.COMMISSIONED, START),
        (Trigger.STATUS_UPDATED, SmiStatus.PENDING, START),
    ],
)
def test_a_device_is_commissioned_by_what_commissions_and_not_anew_by_the_end_of_a_suspension(
    trigger: Trigger, after: SmiStatus, commissioned: datetime
) -> None:
    before = replace(device_record(DeviceKind.ESME), commissioned=START)

    row = changed_device(change(trigger, after), before)

    assert row["new_commissioned"] == to_micros(commissioned)


@pytest.mark.parametrize("status", [SmiStatus.PENDING, None])
def test_history_tells_the_status_of_whoever_was_removed_or_given_a_number(
    status: SmiStatus | None,
) -> None:
    device, asked = device_record(DeviceKind.ESME, status), UserRequest("8.4", INSTALLER, LATER)
    told = None if status is None else status.value

    removal, number = history_of_removal(device, asked), history_of_mpxn(device, asked, LATER)

    assert (removal["before"], removal["after"]) == (told, None)
    assert (number["before"], number["after"]) == (told, told)
