"""The alert that pushes billing data to the supplier (GCS53)."""

from collections.abc import Callable
from typing import Final

from emulator.gbcs.gbz_alert import BILLING_DATA_READY, GbzAlert
from emulator.gbcs.gbz_component import AdditionalHeader, GbzComponent
from emulator.zcl.foundation.header import FrameType, header
from emulator.zcl.payloads.metering import PublishSnapshot
from emulator.zcl.primitives import Side

_METERING: Final = 0x0702
_PUBLISH_SNAPSHOT: Final = 0x06


def billing_alert(
    snapshot: PublishSnapshot, moment: int, encrypt: Callable[[bytes], bytes]
) -> GbzAlert:
    """The alert that tells of a snapshot.

    Args:
        snapshot: of the registers at the end of the billing period.
        moment: seconds since 2000.
        encrypt: encrypts for the supplier, as the message of the alert asks.
    """
    framed = header(
        FrameType.CLUSTER, Side.CLIENT, 0, _PUBLISH_SNAPSHOT, disable_default_response=True
    )
    component = GbzComponent(
        _METERING, framed, encrypt(snapshot.encode()), True, AdditionalHeader(0, 0)
    )
    return GbzAlert(BILLING_DATA_READY, moment, component, 1)
