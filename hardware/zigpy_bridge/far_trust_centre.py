"""The trust centre of a dongle, as the hub above it asks for it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final

from emulator.kernel.units import Instant
from emulator.smart_energy.facts import JoiningOpened, Registered
from emulator.smart_energy.primitives import (
    FormNetwork,
    KeyEstablishmentEnded,
    PermitJoin,
    Register,
    Unregister,
)
from hardware.zigpy_bridge.far_stack import Tell

if TYPE_CHECKING:
    from emulator.kernel.identity import Eui64

LONGEST_PERMIT: Final = 254
"""Seconds for which a dongle lets devices join at a time (R22 2.4.3.3.7)."""


class FarTrustCentre:
    """Lets registered devices join the network of a dongle, under their install codes.

    Args:
        tell: sends one line to the zigpy process.
    """

    accepts: ClassVar[tuple[type, ...]] = (
        FormNetwork,
        Register,
        Unregister,
        PermitJoin,
        KeyEstablishmentEnded,
    )
    deadline: Instant | None = None

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._awaited: dict[Eui64, bytes] = {}

    def wake(self, _now: Instant) -> Sequence[object]:
        """Nothing is ever due."""
        return ()

    def handle(self, event: Any, _now: Instant) -> Sequence[object]:
        """Effects of a wish of the laboratory."""
        match event:
            case Register(eui64=eui64, install_code=code):
                self._awaited[eui64] = code.link_key
                return (Registered(eui64),)
            case Unregister(eui64=eui64):
                self._awaited.pop(eui64, None)
            case KeyEstablishmentEnded(partner=eui64, failure=None):
                self._awaited.pop(eui64, None)
            case PermitJoin(seconds=seconds):
                return self._permit(min(seconds, LONGEST_PERMIT))
            case _:
                pass  # the dongle forms its network by itself, once it is opened
        return ()

    def _permit(self, seconds: int) -> Sequence[object]:
        if not seconds or not self._awaited:
            self._tell(do="permit", seconds=seconds)
        for eui64, key in self._awaited.items() if seconds else ():
            self._tell(do="admit", eui64=f"{eui64:016x}", key=key.hex(), seconds=seconds)
        return (JoiningOpened(seconds),)
