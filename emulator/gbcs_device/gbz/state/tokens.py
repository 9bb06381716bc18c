"""Top-up codes: who says whether one is genuine, and which were taken before (GBCS 14)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from emulator.gbcs.protection.refusal import MissingKeyError, ProtectionError
from emulator.gbcs.utrn import (
    COUNTER_SHIFT,
    TokenKey,
    TopUp,
    Utrn,
    ValueClass,
    rebuild_counter,
    verify_utrn,
)
from emulator.gbcs_device.gbz.state.document import items, members
from emulator.kernel.errors import LocalError, WireError
from emulator.kernel.identity import Eui64

_UNITS: Final = {ValueClass.PENCE: 1_000, ValueClass.POUNDS: 100_000}
"""Money of gas meters has five decimals (RTDS 4.5.0, GCS21b)."""


class TokenJudge(Protocol):
    """Judges tokens."""

    def counter(self, token: Utrn, originator: Eui64, highest: int) -> int | None:
        """The UTRN counter of a genuine token; None where it is not genuine.

        Args:
            token: what the code says.
            originator: who brought it: its supplier, or a device of the consumer.
            highest: highest UTRN counter that the meter met.
        """
        ...


@dataclass(frozen=True, slots=True)
class CheckDigitJudge:
    """Takes every token whose digits are right, for meters that know no key of a supplier.

    The four octets that prove the supplier are not looked at.
    """

    def counter(self, token: Utrn, _originator: Eui64, highest: int) -> int | None:
        """The counter nearest to the highest met."""
        try:
            return rebuild_counter(token.top_up.truncated_counter, highest)
        except ProtectionError:
            return None


@dataclass(frozen=True, slots=True)
class KeyJudge:
    """Takes the tokens that a supplier made for the meter.

    Args:
        key_of: the key for the tokens that a party brings, if there is one.
    """

    key_of: Callable[[Eui64], TokenKey | None]

    def counter(self, token: Utrn, originator: Eui64, highest: int) -> int | None:
        """The counter under which the token proves its supplier."""
        key = self.key_of(originator)
        try:
            return None if key is None else verify_utrn(key, token, highest) >> COUNTER_SHIFT
        except (ProtectionError, MissingKeyError):
            return None


class TakenTokens:
    """The counters of the latest tokens taken.

    Args:
        most: how many are remembered.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self.counters: tuple[int, ...] = ()
        self.floor = 0
        """Below which no token is taken."""

    @property
    def highest(self) -> int:
        """The highest counter that is known of."""
        return max((*self.counters, self.floor))

    def begin(self, floor: int) -> None:
        """Take the tokens of another supplier, from a counter on (GBCS CS02b)."""
        self.counters, self.floor = (), floor

    def new(self, counter: int) -> bool:
        """Whether a token was not taken before, nor is older than all that are remembered."""
        full = len(self.counters) >= self._most
        if counter < self.floor:
            return False
        return counter not in self.counters and not (full and counter < min(self.counters))

    def add(self, counter: int) -> None:
        """Remember a token."""
        self.counters = tuple(sorted((*self.counters, counter))[-self._most :])

    def snapshot(self) -> dict[str, object]:
        """All counters, and the floor."""
        return {"counters": list(self.counters), "floor": [self.floor]}

    def restore(self, document: object, name: str) -> None:
        """Remember what a saved list says, and nothing else.

        Raises:
            LocalError: when it is none.
        """
        saved = members(document, name)
        self.counters = tuple(sorted(_counters(saved, "counters")))
        self.floor = max(_counters(saved, "floor"), default=0)


def _counters(document: object, name: str) -> list[int]:
    counters: list[int] = []
    for each in items(document, name):
        if not isinstance(each, int) or not 0 <= each < 1 << COUNTER_SHIFT:
            raise LocalError(f"saved state: {each!r} is no counter of a token")
        counters.append(each)
    return counters


def token_of(code: bytes) -> Utrn | None:
    """The token that the digits of a code are; None where they are none."""
    try:
        return Utrn.parse(code.decode("ascii"))
    except (UnicodeDecodeError, WireError):
        return None


def worth(top_up: TopUp) -> int | None:
    """What a token is worth in thousandths of a penny; None where its unit is reserved."""
    unit = _UNITS.get(top_up.value_class)
    return None if unit is None else top_up.value * unit
