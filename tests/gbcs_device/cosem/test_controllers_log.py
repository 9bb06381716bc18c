"""What is written down of commands of auxiliary controllers, as the reference log shows it."""

import pytest

from emulator.cosem.server.made_values import number_of, parts_of
from emulator.cosem.server.members import members_of
from emulator.cosem.server.object_store import ObjectStore
from emulator.dlms.data import octet_string
from emulator.gbcs_device.cosem.controllers_log import (
    CONTROLLERS_LOG,
    HUNG_ON,
    SwitchOutcome,
    note_switch_command,
    note_switch_outcome,
)

AT = 471_916_800
"""Seconds since 2000 of the first entry of reference message ECS35g, 15 December 2014."""
OWN = AT * 1_000_000


def with_switch(controller: int) -> ObjectStore:
    store = ObjectStore(members_of("ESME"))
    store.hold(HUNG_ON[controller], octet_string(bytes.fromhex("00DB1234567890A5")))
    return store


def entries(store: ObjectStore) -> list[list[int]]:
    return [
        [number_of(each) for each in parts_of(entry)]
        for entry in parts_of(store.value(CONTROLLERS_LOG))
    ]


def test_switch_on_the_han_has_its_command_and_what_it_said_of_it() -> None:
    # the first two entries of reference message ECS35g
    store = with_switch(2)

    note_switch_command(store, OWN, 0x0211)
    note_switch_outcome(store, OWN + 5_000_000, 2, SwitchOutcome.SUCCESS)

    assert entries(store) == [
        [AT, 0x0211, 0, 1_418_601_600],
        [AT + 5, 0x0200, 1, 1_418_601_600],
    ]


@pytest.mark.parametrize("script", [0x0112, 0x0320, 0x1264])
def test_controller_of_the_device_itself_has_its_outcome_at_once(script: int) -> None:
    store = with_switch(4)

    note_switch_command(store, OWN, script)

    assert entries(store) == [[AT, script, 1, 0]]


def test_what_a_switch_says_of_no_command_is_written_down_under_none() -> None:
    # a calendar, boost or limit had it switch; Aclara SGM1430-B, appendix A: 811A is in this log
    store = with_switch(2)
    note_switch_outcome(store, OWN, 2, SwitchOutcome.FAILURE)
    note_switch_command(store, OWN, 0x0211)
    note_switch_command(store, OWN, 0x0311)

    for outcome in (SwitchOutcome.FAILURE, SwitchOutcome.SUCCESS, SwitchOutcome.SUCCESS):
        note_switch_outcome(store, OWN, 2, outcome)

    named = AT + 946_684_800
    assert [each[1:] for each in entries(store)] == [
        [0x0200, 2, 0],
        [0x0211, 0, named],
        [0x0311, 1, 0],
        [0x0200, 2, named],
        [0x0200, 1, named],
        [0x0200, 1, 0],
    ]


def test_device_without_that_log_writes_nothing_down() -> None:
    store = ObjectStore(members_of("CHF"))

    note_switch_command(store, OWN, 0x0111)
    note_switch_outcome(store, OWN, 1, SwitchOutcome.SUCCESS)

    assert not store.has_attribute(CONTROLLERS_LOG)
