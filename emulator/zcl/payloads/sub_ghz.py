"""What commands of the Sub-GHz cluster say (ZSE 1.4 Annex D)."""

from emulator.wire.codecs import U8
from emulator.wire.struct import Struct


class SuspendZCLMessages(Struct):
    """SuspendZCLMessages: send none for so many minutes; 0 ends it (ZSE 1.4 Annex D)."""

    period: U8


class GetSuspendZCLMessagesStatus(Struct):
    """GetSuspendZCLMessagesStatus: for how long are we suspended (ZSE 1.4 Annex D)."""
