"""What waits for its date."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from emulator.gbcs.payload import PayloadKind
from emulator.gbcs_device.execution import Command, Deferred, Executed
from emulator.gbcs_device.waiting_list import WaitingList
from emulator.testing.scenes.remote_party_bench import Recorder

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def deferred(due: datetime) -> Deferred:
    return Deferred(due, lambda _moment: Executed(None))


@dataclass
class Keeper:
    kept: list[Deferred] = field(default_factory=list)

    def execute(self, command: Command) -> Executed:
        return Executed(command.payload)

    def waiting(self) -> Sequence[Deferred]:
        return self.kept


def test_nothing_is_due_while_nothing_waits() -> None:
    waiting = WaitingList({})

    assert waiting.next_due is None
    assert waiting.take_due(NOON) == []


def test_what_is_due_comes_in_the_order_of_dates_and_once() -> None:
    waiting = WaitingList({PayloadKind.DLMS: Recorder(), PayloadKind.GBZ: Recorder()})
    late, early, future = deferred(NOON), deferred(NOON - HOUR), deferred(NOON + HOUR)
    waiting.add(PayloadKind.DLMS, (late, future))
    waiting.add(PayloadKind.GBZ, (early,))

    due = waiting.take_due(NOON)

    assert due == [(PayloadKind.GBZ, early), (PayloadKind.DLMS, late)]
    assert waiting.take_due(NOON) == []
    assert waiting.next_due == NOON + HOUR


def test_deferred_parts_of_later_commands_join_those_before() -> None:
    waiting = WaitingList({PayloadKind.DLMS: Recorder()})
    waiting.add(PayloadKind.DLMS, (deferred(NOON),))
    waiting.add(PayloadKind.DLMS, (deferred(NOON),))

    assert len(waiting.take_due(NOON)) == 2


def test_an_executor_that_knows_what_waits_is_believed() -> None:
    keeper = Keeper([deferred(NOON)])
    waiting = WaitingList({PayloadKind.ASN1: keeper})
    waiting.add(PayloadKind.ASN1, ())
    assert waiting.next_due == NOON

    keeper.kept.clear()
    waiting.add(PayloadKind.ASN1, (deferred(NOON),))

    assert waiting.next_due is None


def test_after_a_loss_of_power_executors_are_asked_again() -> None:
    keeper = Keeper([deferred(NOON)])
    waiting = WaitingList({PayloadKind.ASN1: keeper, PayloadKind.DLMS: Recorder()})

    waiting.ask_again()

    assert waiting.next_due == NOON
