"""Sees, while a device joins, that it never will: at once, and not when its time is over.

Some failures end only by a person's hand: certificates that do not match, no suite in common, an
install code that is another one, a device that nobody registered. Everything else (silence, a busy
hub, a lost frame) may mend itself by the next attempt, and is waited for.
"""

from typing import Final

from emulator.kernel.identity import Eui64
from emulator.kernel.trace import Record
from emulator.smart_energy.facts import (
    JoinRefused,
    KeyEstablished,
    KeyEstablishmentFailed,
    NetworkKeyReceived,
    NetworkKeySent,
)
from emulator.smart_energy.network.trust_centre import UNREGISTERED
from emulator.smart_energy.primitives import KeyEstablishmentFailure, TerminateStatus
from emulator.zigbee.facts import FrameDropped

LASTING: Final = frozenset(
    each.name
    for each in (
        TerminateStatus.UNKNOWN_ISSUER,
        TerminateStatus.BAD_KEY_CONFIRM,
        TerminateStatus.INVALID_CERTIFICATE,
        TerminateStatus.UNSUPPORTED_SUITE,
        KeyEstablishmentFailure.NO_COMMON_SUITE,
    )
)
"""Ends of a key establishment that every later one will have, too."""
SENT_IN_VAIN: Final = 3
"""Network keys sent to a device that shows no sign of having opened one: so many are enough.

A device whose code is another one asks again as soon as its wait for the key is over; one whose
frame was lost on the air asks once more (no document: a count that loss of one in ten frames
reaches in one join of a thousand).
"""


class JoinWatch:
    """Watches one device join.

    Args:
        device: its name.
        eui64: its own.
        hub: the name of its hub, where a neighbour's may refuse it first; empty for whichever.
    """

    def __init__(self, device: str, eui64: Eui64, hub: str = "") -> None:
        self.hopeless = False
        """Whether it is certain that it does not get in, or agrees no key."""
        self._device = device
        self._eui64 = eui64
        self._hub = hub
        self._sent = 0
        self._inside = False
        """It has opened the network key once: later ones are late, and prove nothing."""

    def note(self, record: Record) -> None:
        """Take a fact of the trace."""
        match record.fact:
            case KeyEstablishmentFailed(partner=partner, reason=reason):
                if self._concerns(record, partner):
                    self._sent = 0
                    self.hopeless = reason in LASTING
            case KeyEstablished(partner=partner) if self._concerns(record, partner):
                self._sent, self.hopeless = 0, False
            case JoinRefused(eui64=self._eui64, reason=reason) if self._own(record):
                self.hopeless = self.hopeless or reason == UNREGISTERED
            case NetworkKeySent(eui64=self._eui64) if self._own(record):
                self._sent += not self._inside
                self.hopeless = self.hopeless or self._sent >= SENT_IN_VAIN
            case NetworkKeyReceived() if record.node == self._device:
                self._sent, self._inside, self.hopeless = 0, True, False
            case FrameDropped(layer="aps") if record.node == self._device and self._sent:
                self.hopeless = True
            case _:
                pass

    def _own(self, record: Record) -> bool:
        return self._hub in ("", record.node)

    def _concerns(self, record: Record, partner: Eui64) -> bool:
        return record.node == self._device or partner == self._eui64
