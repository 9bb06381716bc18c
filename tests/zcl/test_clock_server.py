from emulator.kernel.units import START, Calendar, Instant, seconds
from emulator.testing.stack.zcl_nodes import ENDPOINT, HUB_ENDPOINT, METER_ENDPOINT
from emulator.zcl.attribute_store import AttributeStore, ClusterInstance
from emulator.zcl.clock_server import ClockServer
from emulator.zcl.clusters.time import TIME
from emulator.zcl.endpoint import EndpointDefinition
from emulator.zcl.primitives import Side, ZclStatus

CLOCK = ClusterInstance(ENDPOINT, TIME.id, Side.SERVER)
TRUE_START = Calendar().zigbee_time(START)
UTC, STANDARD, LOCAL, LAST_SET = 0x0000, 0x0006, 0x0007, 0x0008


def clock(definition: EndpointDefinition = METER_ENDPOINT) -> tuple[ClockServer, AttributeStore]:
    store = AttributeStore((definition,))
    return ClockServer(store, Calendar()), store


def test_time_runs_with_the_calendar() -> None:
    server, _ = clock()

    assert server.read(CLOCK, UTC, Instant(seconds(90))) == TRUE_START + 90


def test_set_clock_runs_on_and_remembers_when_it_was_set() -> None:
    server, store = clock()

    server.set(CLOCK, 1000, START)

    assert server.read(CLOCK, UTC, Instant(seconds(5))) == 1005
    assert store.value(CLOCK, LAST_SET) == 1000


def test_non_value_does_not_set_the_clock() -> None:
    server, _ = clock()

    server.set(CLOCK, None, START)

    assert server.offset == 0


def test_local_time_is_moved_by_the_zone() -> None:
    server, store = clock()
    store.set(CLOCK, 0x0002, -3600)

    assert server.read(CLOCK, LOCAL, START) == TRUE_START - 3600
    assert server.read(CLOCK, STANDARD, START) == TRUE_START - 3600


def test_clock_near_its_end_wraps_as_thirty_two_bits_do() -> None:
    server, _ = clock()

    server.set(CLOCK, 0xFFFFFFFE, START)

    assert server.read(CLOCK, UTC, Instant(seconds(3))) == 1


def test_master_is_not_set_over_the_air() -> None:
    assert clock(HUB_ENDPOINT)[0].refusal(CLOCK) == ZclStatus.READ_ONLY
    assert clock()[0].refusal(CLOCK) is None


def test_other_attributes_are_not_the_clocks() -> None:
    server, _ = clock()

    assert server.owns(CLOCK, UTC)
    assert not server.owns(CLOCK, 0x0001)
    assert not server.owns(ClusterInstance(ENDPOINT, TIME.id, Side.CLIENT), UTC)
