from itertools import count

import pytest

from emulator.testing.stack.zcl_nodes import AT_METER, ENDPOINT
from emulator.zcl.clusters.basic import BASIC
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.foundation.header import FrameType, header
from emulator.zcl.outgoing import Message, Outgoing
from emulator.zcl.primitives import Side, ZclAddress
from emulator.zcl.settings import ZclSettings
from emulator.zigbee.addresses import BROADCAST_ALL, ClusterId

HEAD = header(FrameType.GENERAL, Side.SERVER, 1, 0)


@pytest.mark.parametrize(
    ("cluster", "asked", "link_key"),
    [
        (METERING.id, None, True),
        (BASIC.id, None, False),
        (METERING.id, False, False),
        (BASIC.id, True, True),
    ],
)
def test_key_is_the_one_asked_for_or_the_clusters(
    cluster: ClusterId, asked: bool | None, link_key: bool
) -> None:
    sent = Outgoing(count(7), ZclSettings()).send(
        Message(AT_METER, ENDPOINT, cluster, HEAD, b"", link_key=asked)
    )

    assert (sent.handle, sent.link_key, sent.ack) == (7, link_key, True)


def test_broadcast_has_neither_acknowledgement_nor_link_key() -> None:
    everyone = ZclAddress(BROADCAST_ALL, ENDPOINT)

    sent = Outgoing(count(1), ZclSettings()).send(
        Message(everyone, ENDPOINT, METERING.id, HEAD, b"", link_key=True)
    )

    assert (sent.ack, sent.link_key) == (False, False)
