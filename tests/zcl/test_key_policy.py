import pytest

from emulator.kernel.settings import unverified
from emulator.zcl.key_policy import needs_link_key
from emulator.zcl.registry import CLUSTERS
from emulator.zcl.settings import ZclSettings
from emulator.zigbee.addresses import ClusterId

NETWORK_KEY = {0x0000, 0x0003, 0x000A, 0x0800}
UNCLEAR = {0x0001, 0x0025}


@pytest.mark.parametrize("cluster", sorted(CLUSTERS))
def test_every_cluster_but_four_needs_the_link_key(cluster: ClusterId) -> None:
    assert needs_link_key(cluster, ZclSettings()) == (cluster not in NETWORK_KEY)


def test_unclear_rows_are_settings_and_say_so() -> None:
    relaxed = ZclSettings(power_configuration_needs_link_key=False, keep_alive_needs_link_key=False)

    assert not any(needs_link_key(ClusterId(each), relaxed) for each in UNCLEAR)
    assert {
        "power_configuration_needs_link_key",
        "keep_alive_needs_link_key",
    } <= set(unverified(relaxed))


def test_without_the_rule_no_cluster_needs_the_link_key() -> None:
    relaxed = ZclSettings(access_rule=False)

    assert not any(needs_link_key(each, relaxed) for each in CLUSTERS)
