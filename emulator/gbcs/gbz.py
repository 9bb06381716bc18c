"""GBZ payloads: ZCL commands, their answers, and alerts of Zigbee devices (GBCS 7.2.10)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Self

from emulator.gbcs.envelope import Cra
from emulator.gbcs.gbz_alert import GbzAlert, decode_alert
from emulator.gbcs.gbz_component import GbzComponent, take_component
from emulator.kernel.errors import LocalError, WireError

PROFILE: Final = bytes.fromhex("0109")
"""The Smart Energy profile identifier, which starts every GBZ payload."""
MAXIMUM_COMPONENTS: Final = 0xFF
_ALERT: Final = Cra.ALERT
_PATHS: Final = tuple(f"GbzPayload.components[{index}]" for index in range(MAXIMUM_COMPONENTS))
"""Where each component is, for errors."""


@dataclass(frozen=True, slots=True)
class GbzPayload:
    """The ZCL commands of a message, or its alert.

    Args:
        components: in the order in which they are carried out; empty in an alert.
        alert: None in commands and responses.
    """

    components: tuple[GbzComponent, ...] = ()
    alert: GbzAlert | None = None

    @classmethod
    def decode(cls, octets: bytes, cra: Cra) -> Self:
        """The payload that `octets` are in a message of this kind.

        Raises:
            WireError: when they are no such payload, or more than one.
        """
        if octets[:2] != PROFILE or len(octets) < 3:
            raise WireError("GbzPayload.profile", 0, "expected 0109 and a count")
        count = octets[2]
        if cra is _ALERT:
            return cls((), decode_alert(octets, 3, count))
        at = 3
        components = []
        for path in _PATHS[:count]:
            component, at = take_component(octets, at, path)
            components.append(component)
        if at != len(octets):
            raise WireError("GbzPayload", at, f"{len(octets) - at} octets after the end")
        return cls(tuple(components))

    def encode(self) -> bytes:
        """The octets on the wire.

        Raises:
            LocalError: when a number does not fit its field, or there are too many components.
        """
        if self.alert is not None:
            if self.components or not 0 <= self.alert.count <= MAXIMUM_COMPONENTS:
                raise LocalError("an alert has no components beside its content")
            return PROFILE + bytes((self.alert.count,)) + self.alert.encode()
        if len(self.components) > MAXIMUM_COMPONENTS:
            raise LocalError(f"{len(self.components)} components, at most {MAXIMUM_COMPONENTS}")
        return b"".join(
            (PROFILE, bytes((len(self.components),)), *(each.encode() for each in self.components))
        )


def gbz_payload(components: Sequence[GbzComponent]) -> GbzPayload:
    """A payload of these components, of which only the last says that it is the last."""
    final = len(components) - 1
    return GbzPayload(
        tuple(replace(each, last=index == final) for index, each in enumerate(components))
    )
