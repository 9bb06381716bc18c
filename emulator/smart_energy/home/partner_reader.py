"""What a device does once it shares a link key with a partner: it looks at what the partner has."""

from collections.abc import Sequence
from typing import Any, ClassVar

from emulator.kernel.units import Duration, Instant, later
from emulator.smart_energy.primitives import (
    Commissioned,
    KeyEstablishmentEnded,
    Reading,
    StartInterview,
)
from emulator.zigbee.address_map import AddressLookup
from emulator.zigbee.addresses import COORDINATOR


class PartnerReader:
    """Asks for an interview of every new partner, after a pause in which keys settle.

    A joiner's partner is its trust centre; a hub's are the devices whose key it agreed.
    """

    accepts: ClassVar[tuple[type, ...]] = (Commissioned, KeyEstablishmentEnded)

    def __init__(
        self, readings: tuple[Reading, ...], pause: Duration, addresses: AddressLookup
    ) -> None:
        self._readings = readings
        self._pause = pause
        self._addresses = addresses
        self._due: list[tuple[Instant, StartInterview]] = []

    @property
    def deadline(self) -> Instant | None:
        """When the next interview is to start."""
        return self._due[0][0] if self._due else None

    def handle(self, event: Any, now: Instant) -> Sequence[Any]:
        """Note the partner of `event`, where there is one."""
        if isinstance(event, Commissioned):
            partner, address = event.trust_centre, COORDINATOR
        elif event.failure is None and not event.initiator:
            known = self._addresses.address_of(event.partner)
            if known is None:
                return ()
            partner, address = event.partner, known
        else:
            return ()
        interview = StartInterview(partner, address, self._readings)
        self._due.append((later(now, self._pause), interview))
        return ()

    def wake(self, now: Instant) -> Sequence[Any]:
        """The interviews that are due."""
        due = [interview for when, interview in self._due if when <= now]
        self._due = [(when, interview) for when, interview in self._due if when > now]
        return due
