"""Keeps what was transmitted, and dissects it when somebody wants to look."""

from collections.abc import Mapping

from emulator.kernel.identity import Eui64
from emulator.lab.dissector.key_ring import KeyRing
from emulator.lab.result import ChartRow
from emulator.radio.air import Transmission


class ChartRecorder:
    """The transmissions of a run, and the keys that open them.

    Args:
        names: what each device is called.
    """

    def __init__(self, names: Mapping[Eui64, str]) -> None:
        self.keys = KeyRing()
        self._names = names
        self._transmissions: list[Transmission] = []

    def observe(self, transmission: Transmission) -> None:
        """Keep a transmission."""
        self._transmissions.append(transmission)

    def rows(self) -> tuple[ChartRow, ...]:
        """Every transmission, dissected with all keys that are known by now."""
        from emulator.lab.dissector.dissector import Dissector  # noqa: PLC0415 - only who looks pays
        from emulator.lab.dissector.names import NameBook  # noqa: PLC0415 - only who looks pays

        dissector = Dissector(NameBook(self._names), self.keys)
        return tuple(dissector.row(transmission) for transmission in self._transmissions)
