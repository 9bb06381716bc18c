"""A received APS frame after its protection came off: what the parts of the layer look at."""

from dataclasses import dataclass

from emulator.kernel.construction import quick
from emulator.kernel.identity import Eui64
from emulator.zigbee.aps.frames import ApsHeader
from emulator.zigbee.aps.primitives import ApsSecurity, KeyOrigin
from emulator.zigbee.nwk.primitives import NldeDataIndication
from emulator.zigbee.security.frames import KeyIdentifier


@quick
@dataclass(frozen=True, slots=True)
class Incoming:
    """One frame.

    Args:
        indication: how NWK gave it to us.
        header: its APS header.
        payload: in the clear.
        eui64: who sent it: whose key opened it, or as NWK knows.
        origin: of the link key that opened it; None when none protected it.
        identifier: which key of the pair that was.
    """

    indication: NldeDataIndication
    header: ApsHeader
    payload: bytes
    eui64: Eui64 | None
    origin: KeyOrigin | None = None
    identifier: KeyIdentifier | None = None

    @property
    def security(self) -> ApsSecurity:
        """The SecurityStatus of the indication (R22 Table 2-4)."""
        if self.origin is not None:
            return ApsSecurity.LINK_KEY
        return ApsSecurity.NWK_KEY if self.indication.secured else ApsSecurity.UNSECURED
