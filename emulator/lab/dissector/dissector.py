"""Transmissions of a run as rows of its sequence chart, in order."""

from emulator.lab.dissector.key_ring import KeyRing
from emulator.lab.dissector.knowledge import Knowledge
from emulator.lab.dissector.mac import Heard, read_mac
from emulator.lab.dissector.names import NOBODY, NameBook
from emulator.lab.kept.result import ChartRow
from emulator.radio.air import Transmission


class Dissector:
    """Makes a row of each transmission; what one frame tells is used for those after it.

    Args:
        names: what devices are called; learns their addresses.
        keys: what opens their frames.
    """

    def __init__(self, names: NameBook, keys: KeyRing) -> None:
        self._known = Knowledge(names, keys)
        self._asked: dict[int, str] = {}

    def row(self, transmission: Transmission) -> ChartRow:
        """The row of the next transmission; any octets give one."""
        psdu = transmission.psdu_with_fcs
        heard = read_mac(psdu, transmission.sender, self._known)
        destination = self._for(heard, transmission.sender)
        part = heard.part
        return ChartRow(
            at=transmission.start,
            source=transmission.sender,
            destination=destination,
            label=part.label,
            layer=part.layer,
            security=" + ".join(part.security),
            detail=part.detail,
            psdu=psdu,
        )

    def _for(self, heard: Heard, sender: str) -> str:
        """An acknowledgement names nobody: it is for who asked last with its sequence number."""
        if heard.acknowledges is not None:
            return self._asked.get(heard.acknowledges, NOBODY)
        if heard.asks is not None:
            self._asked[heard.asks] = sender
        return heard.destination
