"""Originator counters: what makes each message the only one of its kind (GBCS 4.3.1).

Who makes commands counts them; a device remembers the highest counter it acted on for each remote
party and acts on nothing at or below it, where the use case asks for protection against replay.
"""

from collections.abc import Mapping
from typing import Final

from emulator.gbcs.envelope import Message
from emulator.gbcs.protection.refusal import ProtectionError, Rule
from emulator.kernel.errors import LocalError
from emulator.kernel.identity import Eui64

MAXIMUM_COUNTER: Final = 2**64 - 1
PREPAYMENT_UNIT: Final = 2**32
"""Counters of top-up tokens have a low half of zero (GBCS 14.8)."""


class OriginatorCounter:
    """Counters of one originator, each higher than all before.

    Args:
        last: the last counter that was used.
    """

    def __init__(self, last: int = 0) -> None:
        if not 0 <= last <= MAXIMUM_COUNTER:
            raise LocalError(f"counter {last}: expected 64 bits")
        self.last = last

    def next(self) -> int:
        """The counter of the next message.

        Raises:
            LocalError: when there is none left.
        """
        return self._advance(self.last + 1)

    def next_token(self) -> int:
        """The counter of the next top-up token: the low half is zero.

        Raises:
            LocalError: when there is none left.
        """
        return self._advance((self.last // PREPAYMENT_UNIT + 1) * PREPAYMENT_UNIT)

    def _advance(self, counter: int) -> int:
        if counter > MAXIMUM_COUNTER:
            raise LocalError("no originator counter is left")
        self.last = counter
        return counter


class ExecutionCounters:
    """The highest counter acted on, for each remote party a device listens to.

    Which counter speaks for a party behind the access control broker is unverified: it is taken to
    be the supplementary counter when there is one.

    Args:
        initial: counters to start from, by party.
    """

    def __init__(self, initial: Mapping[Eui64, int] | None = None) -> None:
        self._highest: dict[Eui64, int] = dict(initial or {})

    def highest(self, party: Eui64) -> int:
        """The highest counter acted on for a party; below every counter when there was none."""
        return self._highest.get(party, -1)

    def require_fresh(self, message: Message) -> None:
        """Let a command pass whose counter is above every one acted on.

        Raises:
            ProtectionError: when it is a replay, or older than one.
        """
        party, counter, path = counted_party(message)
        highest = self.highest(party)
        if counter <= highest:
            raise ProtectionError(
                Rule.COUNTER,
                f"Message.{path}",
                message.offset_of(path),
                f"{counter} for {party:016X}, expected above {highest}",
            )

    def record(self, message: Message) -> None:
        """Remember that a command was acted on.

        Raises:
            ProtectionError: when it is a replay; nothing changes then.
        """
        self.require_fresh(message)
        party, counter, _ = counted_party(message)
        self._highest[party] = counter


def counted_party(message: Message) -> tuple[Eui64, int, str]:
    """Whose counter guards a command against replay, the counter, and the field that holds it."""
    information = message.other_information
    if information.supplementary_party is None or information.supplementary_counter is None:
        return message.originator, message.counter, "counter"
    return (
        information.supplementary_party,
        information.supplementary_counter,
        "other_information",
    )
