import json

import pytest

from emulator.kernel.errors import LocalError, WireError
from emulator.kernel.units import Instant
from emulator.testing.stack.zcl_nodes import ENDPOINT, METER_ENDPOINT
from emulator.zcl.attribute_store import AttributeStore, ClusterInstance
from emulator.zcl.clusters.basic import BASIC
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.data_types import DataType
from emulator.zcl.device_ids import DeviceId
from emulator.zcl.endpoint import EndpointDefinition, ServedAttribute
from emulator.zcl.primitives import Side, ZclStatus
from emulator.zigbee.addresses import ClusterId

METER = ClusterInstance(ENDPOINT, METERING.id, Side.SERVER)
ABOUT = ClusterInstance(ENDPOINT, BASIC.id, Side.SERVER)


def store() -> AttributeStore:
    return AttributeStore((METER_ENDPOINT,))


def test_named_values_and_defaults_are_served() -> None:
    attributes = store()

    assert attributes.value(METER, 0x0000) == 1234
    assert attributes.value(ABOUT, 0x0000) == 8  # ZCLVersion
    assert [each.id for each in attributes.attributes(ABOUT)] == [0x0000, 0x0004, 0x0007, 0x0010]


def test_declared_but_not_served_is_absent() -> None:
    attributes = store()

    assert attributes.declared(METER, 0x0001) is None
    with pytest.raises(LocalError, match="0x0001"):
        attributes.value(METER, 0x0001)


@pytest.mark.parametrize(
    ("attribute", "data_type", "status"),
    [
        (0x0099, DataType.UINT8, ZclStatus.UNSUPPORTED_ATTRIBUTE),
        (0x0004, DataType.STRING, ZclStatus.READ_ONLY),
        (0x0010, DataType.OCTSTR, ZclStatus.INVALID_DATA_TYPE),
        (0x0010, DataType.STRING, None),
    ],
)
def test_writing_is_refused_with_a_reason(
    attribute: int, data_type: DataType, status: ZclStatus | None
) -> None:
    assert store().refusal(ABOUT, attribute, data_type) == status


def test_value_that_does_not_fit_is_not_kept() -> None:
    attributes = store()

    with pytest.raises(LocalError):
        attributes.set(METER, 0x0000, -1)
    assert attributes.value(METER, 0x0000) == 1234


def test_reset_gives_first_values_again() -> None:
    attributes = store()
    attributes.set(ABOUT, 0x0010, "Loft")

    attributes.reset(ENDPOINT)

    assert attributes.value(ABOUT, 0x0010) == "Hall"


def test_changed_values_survive_a_power_cycle() -> None:
    attributes, again = store(), store()
    attributes.set(METER, 0x0000, 5678)
    attributes.set(ABOUT, 0x0010, "Loft")

    again.restore(json.loads(json.dumps(attributes.snapshot())))

    assert (again.value(METER, 0x0000), again.value(ABOUT, 0x0010)) == (5678, "Loft")
    assert again.snapshot() == attributes.snapshot()


def test_snapshot_of_what_is_no_longer_served_is_passed_over() -> None:
    row = {"endpoint": 9, "cluster": 0, "side": "server", "attribute": 4, "value": "0141"}

    store().restore([row])


def test_snapshot_with_a_damaged_value_is_refused() -> None:
    row = {"endpoint": 1, "cluster": 0, "side": "server", "attribute": 4, "value": "0941"}

    with pytest.raises(WireError):
        store().restore([row])


@pytest.mark.parametrize(
    "served",
    [
        ServedAttribute(BASIC.id, 0x0BAD, 1),
        ServedAttribute(METERING.id, 0x0000, 1),
        ServedAttribute(BASIC.id, 0x0004, b"octets"),
        ServedAttribute(ClusterId(0xFC00), 0x0000, 1),
    ],
)
def test_endpoint_that_names_what_no_table_declares_is_refused(served: ServedAttribute) -> None:
    definition = EndpointDefinition(
        ENDPOINT, DeviceId.METERING_DEVICE, (BASIC.id,), (), attributes=(served,)
    )

    with pytest.raises(LocalError):
        AttributeStore((definition,))


def test_global_attributes_can_be_served_in_any_cluster() -> None:
    definition = EndpointDefinition(
        ENDPOINT,
        DeviceId.METERING_DEVICE,
        (BASIC.id,),
        (),
        attributes=(ServedAttribute(BASIC.id, 0xFFFD, 3),),
    )

    assert AttributeStore((definition,)).value(ABOUT, 0xFFFD) == 3


def test_live_attribute_is_looked_up_when_the_time_is_given() -> None:
    served = ServedAttribute(METERING.id, 0x0000, 5, live=lambda now: now or None)
    definition = EndpointDefinition(
        ENDPOINT, DeviceId.METERING_DEVICE, (METERING.id,), (), attributes=(served,)
    )
    attributes = AttributeStore((definition,))

    assert attributes.value(METER, 0x0000, Instant(7)) == 7
    # what the lookup does not know, and what is asked without the time, is the stored value
    assert attributes.value(METER, 0x0000, Instant(0)) == 5
    assert attributes.value(METER, 0x0000) == 5
