"""Somebody in between: messages are changed, and what is no message goes on as it is."""

from collections.abc import Sequence

from devices.faulty.rewriting import Rewriting, unchanged
from emulator.gbcs.asn1.firmware import ReadFirmwareVersionCommand
from emulator.gbcs.envelope import Message
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.gbcs_device.primitives import MessageIndication, MessageRequest
from emulator.kernel.units import START
from emulator.testing.scenes.remote_party_bench import RemotePartyBench, responses

BROKER = RemotePartyRole.ACCESS_CONTROL_BROKER


def nothing(_: Message) -> Message | None:
    return None


def handled(between: Rewriting, octets: bytes) -> Sequence[object]:
    return between.handle(MessageIndication(octets), START)


def test_unchanged_messages_are_answered_as_before() -> None:
    bench = RemotePartyBench(DeviceKind.PPMID)
    between = Rewriting(bench.machine, unchanged, unchanged)
    command = bench.command(0x0129, ReadFirmwareVersionCommand(), BROKER)

    assert len(responses(handled(between, command.encode()))) == 1
    assert between.deadline == bench.machine.deadline
    assert between.wake(START) == []


def test_a_message_may_get_lost_on_its_way_in() -> None:
    bench = RemotePartyBench(DeviceKind.PPMID)
    between = Rewriting(bench.machine, nothing, unchanged)

    assert (
        handled(between, bench.command(0x0129, ReadFirmwareVersionCommand(), BROKER).encode()) == ()
    )


def test_a_message_may_get_lost_on_its_way_out() -> None:
    bench = RemotePartyBench(DeviceKind.PPMID)
    between = Rewriting(bench.machine, unchanged, nothing)

    effects = handled(between, bench.command(0x0129, ReadFirmwareVersionCommand(), BROKER).encode())

    assert not [each for each in effects if isinstance(each, MessageRequest)]


def test_octets_that_are_no_message_go_on_as_they_are() -> None:
    bench = RemotePartyBench(DeviceKind.PPMID)
    between = Rewriting(bench.machine, nothing, unchanged)

    assert handled(between, b"\x00") != ()
