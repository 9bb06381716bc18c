"""Machines around the remote-party side: when and how often things happen."""

from datetime import timedelta

from devices.faulty.wrapping import (
    Drifting,
    Hanging,
    Sending,
    Slow,
    Untimely,
    WithoutBlocks,
    around,
)
from emulator.gbcs.asn1.firmware import ReadFirmwareVersionCommand
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.gbcs_device.primitives import MessageIndication, MessageRequest
from emulator.kernel.machine import Machine
from emulator.kernel.units import START, Duration, Instant, later, minutes, seconds
from emulator.smart_energy.device import Applications
from emulator.testing.scenes.remote_party_bench import RemotePartyBench

BROKER = RemotePartyRole.ACCESS_CONTROL_BROKER


def bench() -> RemotePartyBench:
    return RemotePartyBench(DeviceKind.PPMID)


def asked(made: RemotePartyBench) -> MessageIndication:
    return MessageIndication(made.command(0x0129, ReadFirmwareVersionCommand(), BROKER).encode())


def messages(machine: Machine, event: object, now: Instant = START) -> list[object]:
    return [each for each in machine.handle(event, now) if isinstance(each, MessageRequest)]


def test_only_the_remote_party_side_gets_a_machine_around_it() -> None:
    made = bench()
    plain = WithoutBlocks(made.machine)

    wrapped = around(Applications((made.machine, plain)), lambda each: Drifting(each, timedelta()))

    assert isinstance(wrapped.machines[0], Drifting)
    assert wrapped.machines[1] is plain


def test_a_message_may_be_sent_twice() -> None:
    made = bench()
    twice = Sending(made.machine, lambda sent: (sent, sent))

    assert len(messages(twice, asked(made))) == 2
    assert twice.deadline == made.machine.deadline
    assert twice.wake(START) == []


def test_a_slow_device_sends_after_its_delay_and_not_before() -> None:
    made = bench()
    slow = Slow(made.machine, minutes(5))

    assert messages(slow, asked(made)) == []
    assert slow.deadline == later(START, minutes(5))
    assert [each for each in slow.wake(later(START, seconds(1))) if each] == []
    sent = slow.wake(later(START, minutes(5)))

    assert [type(each) for each in sent] == [MessageRequest]
    assert slow.deadline is None


def test_an_untimely_device_answers_at_once() -> None:
    made = bench()
    early = Untimely(made.machine, early=minutes(1))

    assert len(messages(early, asked(made))) == 1
    assert early.deadline is None
    assert early.wake(START) == ()


def test_a_drifting_clock_gains_with_time() -> None:
    made = bench()
    drifting = Drifting(made.machine, timedelta(seconds=5))
    an_hour = Instant(Duration(minutes(60)))
    right = made.machine.clock.moment(an_hour)

    drifting.handle(asked(made), an_hour)
    drifting.wake(an_hour)

    assert made.machine.clock.moment(an_hour) - right == timedelta(seconds=5)
    assert drifting.deadline is None


def test_a_device_hangs_after_nonsense_and_not_before() -> None:
    made = bench()
    hanging = Hanging(made.machine)

    assert len(messages(hanging, asked(made))) == 1
    assert hanging.handle(MessageIndication(b"\x00"), START) == ()
    assert hanging.handle(asked(made), START) == ()
    assert hanging.deadline is None
    assert hanging.wake(START) == ()


def test_whole_messages_are_taken_where_blocks_are_not() -> None:
    made = bench()
    without = WithoutBlocks(made.machine)

    assert len(messages(without, asked(made))) == 1
    assert without.deadline is None
    assert without.wake(START) == ()
