import json

from emulator.kernel.units import START, Calendar, Instant, seconds
from emulator.testing.stack.zcl_nodes import ENDPOINT, HUB_ENDPOINT, METER_ENDPOINT
from emulator.zcl.attribute_store import ClusterInstance
from emulator.zcl.clusters.identify import IDENTIFY
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.clusters.time import TIME
from emulator.zcl.data_types import DataType
from emulator.zcl.facts import Identifying
from emulator.zcl.node_attributes import NodeAttributes
from emulator.zcl.primitives import Side, ZclStatus
from emulator.zcl.settings import ZclSettings

CLOCK = ClusterInstance(ENDPOINT, TIME.id, Side.SERVER)
BLINK = ClusterInstance(ENDPOINT, IDENTIFY.id, Side.SERVER)
METER = ClusterInstance(ENDPOINT, METERING.id, Side.SERVER)


def attributes() -> NodeAttributes:
    return NodeAttributes((METER_ENDPOINT,), ZclSettings(), Calendar())


def test_stored_and_computed_values_are_read_alike() -> None:
    node = attributes()
    later = Instant(seconds(60))

    assert node.read(METER, 0x0000, later) == 1234
    assert node.read(CLOCK, 0x0000, later) == Calendar().zigbee_time(later)
    assert node.read(BLINK, 0x0000, later) == 0


def test_writing_sets_store_clock_or_countdown() -> None:
    node = attributes()

    assert node.write(METER, 0x0000, 5, START) == ()
    assert node.write(CLOCK, 0x0000, 1000, START) == ()
    assert node.write(BLINK, 0x0000, 9, START) == (Identifying(ENDPOINT, 9),)
    assert [node.read(each, 0x0000, START) for each in (METER, CLOCK, BLINK)] == [5, 1000, 9]


def test_master_clock_refuses_the_far_end() -> None:
    hub = NodeAttributes((HUB_ENDPOINT,), ZclSettings(), Calendar())

    assert hub.refusal(CLOCK, 0x0000, DataType.UTC) == ZclStatus.READ_ONLY
    assert attributes().refusal(CLOCK, 0x0000, DataType.UTC) is None
    assert attributes().declared(METER, 0x0BAD) is None


def test_values_and_clock_survive_a_power_cycle() -> None:
    node, again = attributes(), attributes()
    node.write(METER, 0x0000, 5, START)
    node.write(CLOCK, 0x0000, 1000, START)

    again.restore(json.loads(json.dumps(node.snapshot())))

    assert [again.read(each, 0x0000, START) for each in (METER, CLOCK)] == [5, 1000]
