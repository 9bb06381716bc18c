"""What the dissector knows while it goes through a run: names, keys and half messages."""

from dataclasses import dataclass, field

from emulator.kernel.errors import WireError
from emulator.lab.dissector.blocks import Blocks
from emulator.lab.dissector.field_text import FieldText, unshown
from emulator.lab.dissector.key_ring import KeyRing
from emulator.lab.dissector.names import NameBook
from emulator.lab.dissector.part import Part, section
from emulator.lab.kept.result import ChartLayer
from emulator.wire.hexdump import annotate, hexdump
from emulator.wire.struct import Struct


@dataclass(slots=True)
class Knowledge:
    """Everything that earlier frames and the run itself told."""

    names: NameBook
    keys: KeyRing
    blocks: Blocks = field(default_factory=Blocks)
    text: FieldText = field(init=False)

    def __post_init__(self) -> None:
        self.text = FieldText(self.names, self.keys)

    def undecodable(
        self, layer: ChartLayer, what: str, form: type[Struct] | WireError, octets: bytes
    ) -> Part:
        """A part that shows octets that are none of its formats, unless they hold a key.

        Args:
            layer: which was reached.
            what: a few words for what should be there.
            form: the format, or the fault where no format is known.
            octets: what is there.
        """
        if self.keys.shows_in(octets):
            return concealed(layer, what, octets)
        if isinstance(form, WireError):
            shown = f"{form}\n{hexdump(octets, mark=form.offset)}"
        else:
            shown = annotate(form, octets)
        label = f"undecodable {what}"
        return Part(layer, label, tuple(section(label, shown.splitlines())))


def concealed(layer: ChartLayer, what: str, octets: bytes) -> Part:
    """An undecodable part that may hold a key: only its length is told."""
    label = f"undecodable {what}"
    return Part(layer, label, tuple(section(label, [unshown(octets)])))
