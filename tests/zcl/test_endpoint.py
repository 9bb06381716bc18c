from dataclasses import replace

from emulator.testing.stack.zcl_nodes import METER_ENDPOINT
from emulator.zcl.clusters.key_establishment import KEY_ESTABLISHMENT
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.endpoint import serve
from emulator.zcl.primitives import Side


def test_endpoint_has_a_cluster_by_side() -> None:
    assert METER_ENDPOINT.has(METERING.id, Side.SERVER)
    assert not METER_ENDPOINT.has(METERING.id, Side.CLIENT)


def test_endpoint_has_clients_that_no_descriptor_names() -> None:
    mirror = replace(METER_ENDPOINT, unlisted_clients=(METERING.id,))

    assert mirror.has(METERING.id, Side.CLIENT)
    assert METERING.id not in mirror.clients


def test_serving_a_side_names_every_command_it_receives() -> None:
    served = serve(KEY_ESTABLISHMENT, Side.SERVER)

    assert [each.command for each in served] == [0, 1, 2, 3]
    assert [each.command for each in serve(KEY_ESTABLISHMENT, Side.CLIENT, only=(3,))] == [3]
