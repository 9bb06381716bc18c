"""Which items failed is read from an answer."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from emulator.gbcs.gbz import gbz_payload
from emulator.gbcs.gbz_component import GbzComponent
from emulator.gbcs_device.execution import InjectedFault
from emulator.gbcs_device.gbz.injected_faults import faults_of
from emulator.testing.scenes.gbz_scene import answers, command, component, filled, meter, read
from emulator.wire.struct import Struct
from emulator.zcl.payloads.device_management import UpdateCIN
from emulator.zcl.payloads.events import ClearEventLogRequest, GetEventLog
from emulator.zcl.payloads.metering import StartSampling
from emulator.zcl.payloads.prepayment import ConsumerTopUp

READ = read(0x0702, 0x0301, 0x0302, 0x0300, sequence=0)
UPDATE = component(0x0708, filled(UpdateCIN), 1)
EMPTY = component(0x0709, filled(GetEventLog), 2)
COMMANDS = (READ, UPDATE, EMPTY)


@pytest.mark.parametrize(
    "faults",
    [
        (),
        (InjectedFault(0, 0xC0),),
        (InjectedFault(1, 0xC0), InjectedFault(2, 0x86)),
        (InjectedFault(3, 0xC1),),
        (InjectedFault(4, 0xC0),),
    ],
    ids=["none", "first attribute", "two attributes", "update", "log"],
)
def test_the_faults_of_an_answer_are_those_injected(faults: Sequence[InjectedFault]) -> None:
    response = gbz_payload(answers(meter(), command(COMMANDS, faults=faults)))

    assert faults_of(gbz_payload(COMMANDS), response) == tuple(faults)


@pytest.mark.parametrize(
    ("cluster", "request_"),
    [(0x0702, filled(StartSampling)), (0x0709, ClearEventLogRequest(log_id=3))],
    ids=["sampling", "log"],
)
def test_commands_that_fail_in_their_own_way(cluster: int, request_: Struct) -> None:
    asked = [component(cluster, request_)]
    faults = (InjectedFault(0, 0xC0),)

    good = gbz_payload(answers(meter(), command(asked)))
    bad = gbz_payload(answers(meter(), command(asked, faults=faults)))

    assert faults_of(gbz_payload(asked), good) == ()
    assert faults_of(gbz_payload(asked), bad) == faults


def change(component_: GbzComponent, payload: bytes) -> GbzComponent:
    """A component that says something else."""
    return replace(component_, payload=payload)


def test_answers_that_cannot_be_read_tell_no_faults() -> None:
    found = answers(meter(), command(COMMANDS))
    cut = gbz_payload([change(each, each.payload[:1]) for each in found])

    assert faults_of(gbz_payload(COMMANDS), cut) == ()
    assert faults_of(gbz_payload([change(READ, b"\x01"), UPDATE]), gbz_payload(())) == ()


def test_a_top_up_that_is_not_taken_is_a_fault_though_it_has_no_status() -> None:
    asked = [component(0x0705, filled(ConsumerTopUp))]

    told = gbz_payload(answers(meter(), command(asked)))

    assert faults_of(gbz_payload(asked), told) == (InjectedFault(0, 0xC0),)
