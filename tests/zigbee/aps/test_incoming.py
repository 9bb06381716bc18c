"""What an indication says of the keys that protected a frame (R22 Table 2-4)."""

import pytest

from emulator.zigbee.addresses import COORDINATOR, NwkAddress
from emulator.zigbee.aps.frames import ApsHeader, DeliveryMode, FrameType
from emulator.zigbee.aps.incoming import Incoming
from emulator.zigbee.aps.primitives import ApsSecurity, KeyOrigin
from emulator.zigbee.nwk.primitives import NldeDataIndication

HEADER = ApsHeader(
    FrameType.ACKNOWLEDGEMENT,
    DeliveryMode.UNICAST,
    ack_format=True,
    security=False,
    ack_request=False,
    extended=False,
    counter=1,
)


@pytest.mark.parametrize(
    ("nwk_key", "origin", "security"),
    [
        (False, None, ApsSecurity.UNSECURED),
        (True, None, ApsSecurity.NWK_KEY),
        (True, KeyOrigin.CBKE, ApsSecurity.LINK_KEY),
        (True, KeyOrigin.PRECONFIGURED, ApsSecurity.LINK_KEY),
        (False, KeyOrigin.PRECONFIGURED, ApsSecurity.LINK_KEY),
    ],
)
def test_the_innermost_key_is_the_one_that_counts(
    nwk_key: bool, origin: KeyOrigin | None, security: ApsSecurity
) -> None:
    indication = NldeDataIndication(
        COORDINATOR, None, NwkAddress(1), b"", secured=nwk_key, lqi=255, rssi=-40
    )

    assert Incoming(indication, HEADER, b"", None, origin).security is security
