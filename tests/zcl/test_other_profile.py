"""Hosts that know no Smart Energy ask under another profile (0x0104)."""

from emulator.testing.stack.zcl_nodes import ENDPOINT, HUB, METER, METER_ENDPOINT, ZclNode, only
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.foundation.general_commands import GeneralCommand
from emulator.zcl.settings import ZclSettings
from emulator.zigbee.addresses import ProfileId
from emulator.zigbee.aps.primitives import ApsdeDataIndication, ApsdeDataRequest, ApsSecurity

# general command, sequence 0x42, Read Attributes of attribute 0x0000
READ = bytes.fromhex("00 42 00 0000")
ASKED = ApsdeDataIndication(
    source=HUB,
    source_eui64=None,
    source_endpoint=ENDPOINT,
    destination=METER,
    destination_endpoint=ENDPOINT,
    profile=ProfileId(0x0104),
    cluster=METERING.id,
    asdu=READ,
    security=ApsSecurity.NWK_KEY,
    key_origin=None,
    counter=1,
    lqi=255,
    rssi=-40,
)


def test_host_of_another_profile_is_answered_under_its_own_where_that_is_allowed() -> None:
    relaxed = ZclNode(METER, METER_ENDPOINT, ZclSettings(any_profile=True, access_rule=False))

    answer = only(relaxed.does(ASKED), ApsdeDataRequest)

    assert answer.profile == ProfileId(0x0104)
    assert not answer.link_key
    assert answer.asdu[2] == GeneralCommand.READ_ATTRIBUTES_RESPONSE
