"""Keeps what was transmitted, and dissects it when somebody wants to look."""

from collections import deque
from collections.abc import Mapping
from typing import TYPE_CHECKING

from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant
from emulator.lab.dissector.key_ring import KeyRing
from emulator.lab.kept.result import ChartRow
from emulator.radio.air import Transmission

if TYPE_CHECKING:
    from emulator.lab.dissector.dissector import Dissector


class ChartRecorder:
    """The transmissions of a run, and the keys that open them.

    Args:
        names: what each device is called.
    """

    def __init__(self, names: Mapping[Eui64, str]) -> None:
        self.keys = KeyRing()
        self._names = names
        self._transmissions: deque[Transmission] = deque()
        self._earlier: deque[Transmission] = deque()
        self._reader: Dissector | None = None
        self._looked = False

    def observe(self, transmission: Transmission) -> None:
        """Keep a transmission."""
        self._transmissions.append(transmission)

    def keep_only(self, last: int) -> None:
        """From now on keep no more than the last transmissions, and what those before them told.

        A home that runs for hours is so read in the room of a short one. Those before are read when
        somebody first looks: most who ask for this never do.

        Args:
            last: how many.
        """
        self._reader = self._reader or self._dissector()
        self._earlier.extend(self._transmissions)
        self._transmissions = deque(self._transmissions, maxlen=last)

    def rows(self) -> tuple[ChartRow, ...]:
        """Every transmission that is kept, dissected with all keys that are known by now."""
        reader = self._reader or self._dissector()
        while self._earlier:
            reader.row(self._earlier.popleft())
        self._looked = True
        return tuple(reader.row(transmission) for transmission in self._transmissions)

    def new_rows(self, after: Instant) -> tuple[ChartRow, ...]:
        """Those of `rows` that began after an instant, for whoever looks again and again.

        The first look of all reads what came before, too.
        """
        if self._reader is None or self._earlier or not self._looked:
            return tuple(row for row in self.rows() if row.at > after)
        reader = self._reader
        return tuple(reader.row(each) for each in self._transmissions if each.start > after)

    def _dissector(self) -> "Dissector":
        from emulator.lab.dissector.dissector import Dissector  # noqa: PLC0415 - only who looks pays
        from emulator.lab.dissector.names import NameBook  # noqa: PLC0415 - only who looks pays

        return Dissector(NameBook(self._names), self.keys)
