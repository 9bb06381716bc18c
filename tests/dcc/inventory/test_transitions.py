import pytest

from emulator.dcc.inventory.device_kinds import TYPE_1, TYPE_2, WITH_STATUS, DeviceKind
from emulator.dcc.inventory.statuses import Certainty, SmiStatus
from emulator.dcc.inventory.transitions import (
    BARS,
    TRANSITIONS,
    After,
    bar,
    serves,
    transitions,
)
from emulator.dcc.inventory.triggers import Trigger


def test_no_two_lines_say_different_things_of_one_case() -> None:
    cases = [
        (line.trigger, kind, before, line.after)
        for line in TRANSITIONS
        for kind in line.kinds
        for before in line.before
    ]

    assert len(cases) == len(set(cases))


def test_only_the_update_of_the_inventory_leaves_a_choice() -> None:
    choices = {
        trigger
        for trigger in Trigger
        for kind in DeviceKind
        for before in (*SmiStatus, None)
        if len(transitions(trigger, kind, before)) > 1
    }

    assert choices == {Trigger.STATUS_UPDATED}


def test_every_trigger_but_listing_has_a_line() -> None:
    used = {line.trigger for line in TRANSITIONS}

    assert used == set(Trigger) - {Trigger.PRE_NOTIFIED}


def test_every_status_can_be_reached_and_only_two_are_final() -> None:
    reached = {line.after for line in TRANSITIONS if isinstance(line.after, SmiStatus)}
    left = {
        before
        for line in TRANSITIONS
        for before in line.before
        if line.after is not After.UNCHANGED and line.trigger is not Trigger.COMMISSION_DEVICE
    }

    assert reached == set(SmiStatus)
    assert set(SmiStatus) - left == {SmiStatus.WITHDRAWN}


def test_a_type_2_device_never_gets_a_status() -> None:
    lines = [
        line for line in TRANSITIONS for kind in line.kinds if kind in TYPE_2 or None in line.before
    ]

    assert lines
    assert all(line.after is After.UNCHANGED for line in lines)
    assert all(line.before == (None,) for line in lines)


def test_weak_knowledge_gives_one_line_and_it_opens_no_way_to_commissioned() -> None:
    weak = [line for line in TRANSITIONS if line.certainty is Certainty.WEAK]

    (line,) = weak

    assert (line.trigger, line.after) == (
        Trigger.KEY_ESTABLISHED,
        SmiStatus.INSTALLED_NOT_COMMISSIONED,
    )
    for kind in (DeviceKind.ESME, DeviceKind.GSME):
        assert transitions(Trigger.COMMISSION_DEVICE, kind, SmiStatus.WHITELISTED)


@pytest.mark.parametrize(
    "status", [SmiStatus.COMMISSIONED, SmiStatus.DECOMMISSIONED, SmiStatus.SUSPENDED]
)
@pytest.mark.parametrize("kind", [DeviceKind.ESME, DeviceKind.GSME])
def test_three_statuses_bar_commissioning_of_a_meter(kind: DeviceKind, status: SmiStatus) -> None:
    """SEC App. AC 4.12 (b)."""
    barred = bar(Trigger.COMMISSION_DEVICE, kind, status)

    assert transitions(Trigger.COMMISSION_DEVICE, kind, status) == ()
    assert barred is not None
    assert (barred.clause, barred.code) == ("SEC App. AC 4.12(b)", "E5")


@pytest.mark.parametrize(
    "status", [status for status in SmiStatus if status.name[:3] not in {"COM", "DEC", "SUS"}]
)
def test_the_other_six_do_not(status: SmiStatus) -> None:
    assert bar(Trigger.COMMISSION_DEVICE, DeviceKind.ESME, status) is None
    assert transitions(Trigger.COMMISSION_DEVICE, DeviceKind.ESME, status)


@pytest.mark.parametrize("kind", [*TYPE_1, *TYPE_2, DeviceKind.GPF, DeviceKind.CHF])
def test_commission_device_is_for_meters(kind: DeviceKind) -> None:
    assert not serves(Trigger.COMMISSION_DEVICE, kind)


def test_nothing_is_both_allowed_and_barred() -> None:
    both = [
        (each.trigger, kind, before)
        for each in BARS
        for kind in each.kinds
        for before in each.before or (*SmiStatus, None)
        if transitions(each.trigger, kind, before)
    ]

    assert both == []


def test_every_kind_with_a_status_can_be_decommissioned_once() -> None:
    for kind in WITH_STATUS:
        assert transitions(Trigger.DECOMMISSION_DEVICE, kind, SmiStatus.PENDING)
        assert not transitions(Trigger.DECOMMISSION_DEVICE, kind, SmiStatus.DECOMMISSIONED)
