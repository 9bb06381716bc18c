"""Commands that wait, one for each message code."""

import json
from datetime import UTC, datetime

import pytest

from emulator.gbcs.asn1.firmware import ActivateFirmwareCommand
from emulator.gbcs.payload import decode_payload
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs.use_cases.catalogue import use_case
from emulator.gbcs_device.asn1.waiting_commands import CANCELLED, WaitingCommands
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.gbcs_device.execution import Command, InjectedFault
from emulator.kernel.errors import LocalError
from emulator.testing.scenes.remote_party_bench import RemotePartyBench

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def command(counter: int) -> Command:
    bench = RemotePartyBench(DeviceKind.ESME)
    asked = ActivateFirmwareCommand(bytes(32), counter, "20260301120000Z")
    message = bench.command(0x0012, asked, counter=counter)
    return Command(
        message=message,
        payload=decode_payload(message),
        use_case=use_case(0x0012),
        sender=RemotePartyRole.SUPPLIER,
        moment=NOON,
        encrypt=bytes,
        faults=(InjectedFault(0, 3),),
    )


@pytest.fixture
def waiting() -> WaitingCommands:
    return WaitingCommands()


def test_a_command_waits_until_it_is_taken(waiting: WaitingCommands) -> None:
    assert waiting.schedule(command(1), "20260301120000Z")

    (found,) = waiting.all
    assert found.due == NOON
    assert waiting.take(found)
    assert not waiting.take(found)
    assert waiting.all == ()


def test_a_cancellation_takes_what_waits_away(waiting: WaitingCommands) -> None:
    waiting.schedule(command(1), "20260301120000Z")
    (found,) = waiting.all

    assert waiting.schedule(command(2), CANCELLED)

    assert waiting.all == ()
    assert not waiting.take(found)


def test_a_cancellation_of_nothing_is_no_fault(waiting: WaitingCommands) -> None:
    assert waiting.schedule(command(2), CANCELLED)


def test_what_was_replaced_cannot_be_taken(waiting: WaitingCommands) -> None:
    waiting.schedule(command(1), "20260301120000Z")
    (old,) = waiting.all
    waiting.schedule(command(2), "20260301130000Z")

    assert not waiting.take(old)
    assert [each.command.message.counter for each in waiting.all] == [2]


def test_a_date_that_is_none_changes_nothing(waiting: WaitingCommands) -> None:
    waiting.schedule(command(1), "20260301120000Z")

    assert not waiting.schedule(command(2), "20260230120000Z")
    assert [each.command.message.counter for each in waiting.all] == [1]


def test_what_waits_survives_a_loss_of_power(waiting: WaitingCommands) -> None:
    waiting.schedule(command(1), "20260301120000Z")
    other = WaitingCommands()

    other.restore(json.loads(json.dumps(waiting.snapshot())))

    (before,), (after,) = waiting.all, other.all
    assert after.due == before.due
    assert after.command.message == before.command.message
    assert after.command.payload == before.command.payload
    assert after.command.sender is RemotePartyRole.SUPPLIER
    assert after.command.faults == (InjectedFault(0, 3),)
    with pytest.raises(LocalError, match="nothing sensitive"):
        after.command.encrypt(b"")
