"""What commands of the Messaging cluster say, each declared once (ZSE 1.4 D.5).

Times are seconds since 2000-01-01 UTC.
"""

from typing import Annotated

from emulator.wire.codecs import U8, U16, U32, Prefixed, Remaining
from emulator.wire.struct import Struct

Octets = Annotated[bytes, Prefixed()]


class DisplayMessage(Struct):
    """Display Message (ZSE 1.4 D.5)."""

    message_id: U32
    message_control: U8
    start_time: U32
    duration_in_minutes: U16
    message: Octets
    rest: Remaining = b""
    """Extended message control, where sent."""
