"""Which devices of the hub's log have messages brought to them, and which fetch them."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant
from emulator.smart_energy.tunnel.primitives import LogPartner, UnlogPartner


class PartnerLog:
    """The partners of a hub, kept over power cycles; the tunnels of the hub read it.

    It stands before them among the machines, so that they hear of a change after it.
    """

    accepts: ClassVar[tuple[type, ...]] = (LogPartner, UnlogPartner)
    deadline: Instant | None = None

    def __init__(self) -> None:
        self._sleepy: dict[Eui64, bool] = {}

    def listens(self, eui64: Eui64) -> bool:
        """Whether it is logged and always listens."""
        return self._sleepy.get(eui64) is False

    def sleeps(self, eui64: Eui64) -> bool:
        """Whether it is logged and fetches its messages when it wakes."""
        return self._sleepy.get(eui64) is True

    def handle(self, event: LogPartner | UnlogPartner, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - shape
        """Note that a partner came or went."""
        if isinstance(event, LogPartner):
            self._sleepy[event.eui64] = event.sleepy
        else:
            self._sleepy.pop(event.eui64, None)
        return ()

    def wake(self, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - the one shape of machines
        """Nothing is ever due."""
        return ()

    def snapshot(self) -> dict[str, Any]:
        """The partners as JSON knows them."""
        return {f"{eui64:016x}": sleepy for eui64, sleepy in self._sleepy.items()}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave."""
        self._sleepy = {Eui64(int(eui64, 16)): bool(sleepy) for eui64, sleepy in state.items()}
