"""Facts that every layer of the stack may state."""

from dataclasses import dataclass
from typing import ClassVar, Literal

Layer = Literal["mac", "nwk", "aps", "zdo", "zcl"]


@dataclass(frozen=True, slots=True)
class MalformedFrame:
    """Octets from the air that are no frame of the layer; nothing else came of them."""

    kind: ClassVar[str] = "malformed_frame"
    layer: Layer
    reason: str
    octets: bytes


@dataclass(frozen=True, slots=True)
class FrameDropped:
    """A well-formed frame that a rule forbids to act on; the reason names the rule."""

    kind: ClassVar[str] = "frame_dropped"
    layer: Layer
    reason: str
    source: int
