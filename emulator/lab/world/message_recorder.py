"""Keeps the messages that crossed the wide area network, for the step in which they did."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from emulator.gbcs.meaning.message import Knowledge
from emulator.kernel.errors import WireError
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant
from emulator.lab.kept.result import StepMessage

UNTOLD: Final = "(install code, not shown)"


@dataclass(frozen=True, slots=True)
class _Crossed:
    at: Instant
    source: str
    destination: str
    octets: bytes


class MessageRecorder:
    """Messages in the order in which they crossed; each belongs to one step.

    Args:
        names: what devices and remote parties are called.
        secrets: octets that no report shows, the install codes of real devices among them.
    """

    def __init__(self, names: Mapping[Eui64, str], secrets: tuple[bytes, ...] = ()) -> None:
        self._devices = names
        self._parties: Mapping[Eui64, str] = {}
        self._secrets: tuple[str, ...] = ()
        self.conceal(secrets)
        self._waiting: deque[_Crossed] = deque()

    def observe(self, at: Instant, source: str, destination: str, octets: bytes) -> None:
        """Keep a message."""
        self._waiting.append(_Crossed(at, source, destination, octets))

    def conceal(self, secrets: Iterable[bytes]) -> None:
        """Show these octets in no report either."""
        self._secrets += tuple(secret.hex().upper() for secret in secrets if secret)

    def name_parties(self, names: Mapping[Eui64, str]) -> None:
        """Call remote parties by these names."""
        self._parties = names

    def keep_only(self, last: int) -> None:
        """From now on keep no more than the last messages that nobody asked for."""
        self._waiting = deque(self._waiting, maxlen=last)

    def take(self, most: int | None = None) -> tuple[StepMessage, ...]:
        """Every message since this was last asked, decoded.

        Args:
            most: how many at most, the oldest first; None for all.
        """
        count = len(self._waiting) if most is None else min(most, len(self._waiting))
        return tuple(self._decoded(self._waiting.popleft()) for _ in range(count))

    def _decoded(self, crossed: _Crossed) -> StepMessage:
        from emulator.gbcs.meaning.tree import lines  # noqa: PLC0415 - only who looks pays
        from emulator.lab.dissector.tunnelled import (  # noqa: PLC0415 - only who looks pays
            meaning_of,
            title_of,
        )

        known = Knowledge(parties={**self._parties, **self._devices})
        tree = meaning_of(crossed.octets, known)
        where = (crossed.at, crossed.source, crossed.destination)
        if isinstance(tree, WireError):
            return StepMessage(*where, "no message", (str(tree), crossed.octets.hex(" ").upper()))
        return StepMessage(*where, title_of(tree), tuple(map(self._concealed, lines(tree))))

    def _concealed(self, line: str) -> str:
        if any(secret in line for secret in self._secrets):
            return f"{line.partition(':')[0]}: {UNTOLD}"
        return line
