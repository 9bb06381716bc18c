import pytest

from emulator.kernel.settings import unverified
from emulator.zcl.key_policy import accepts_at_aps, needs_link_key
from emulator.zcl.registry import CLUSTERS
from emulator.zcl.settings import KeyPolicySettings
from emulator.zigbee.addresses import SMART_ENERGY_PROFILE, ZDO_PROFILE, ClusterId
from emulator.zigbee.aps.primitives import KeyOrigin

NETWORK_KEY = {0x0000, 0x0003, 0x000A, 0x0800}
UNCLEAR = {0x0001, 0x0025}


@pytest.mark.parametrize("cluster", sorted(CLUSTERS))
def test_every_cluster_but_four_needs_the_link_key(cluster: ClusterId) -> None:
    assert needs_link_key(cluster, KeyPolicySettings()) == (cluster not in NETWORK_KEY)


def test_unclear_rows_are_settings_and_say_so() -> None:
    relaxed = KeyPolicySettings(
        power_configuration_needs_link_key=False, keep_alive_needs_link_key=False
    )

    assert not any(needs_link_key(ClusterId(each), relaxed) for each in UNCLEAR)
    assert len(list(unverified(relaxed))) == 2


@pytest.mark.parametrize(
    ("origin", "accepted"),
    [(None, True), (KeyOrigin.CBKE, True), (KeyOrigin.PRECONFIGURED, False)],
)
def test_data_under_the_preconfigured_key_is_dropped(
    origin: KeyOrigin | None,
    accepted: bool,
) -> None:
    for cluster in CLUSTERS:
        assert accepts_at_aps(origin, SMART_ENERGY_PROFILE, cluster) == accepted
        assert accepts_at_aps(origin, ZDO_PROFILE, cluster)
