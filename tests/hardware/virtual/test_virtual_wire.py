"""A wire in virtual time: octets arrive in order, as late as a serial line makes them."""

from emulator.kernel.scheduler import Scheduler
from emulator.kernel.units import Duration, Instant
from hardware.virtual.virtual_wire import OCTET_TIME, VirtualWire


def test_octets_arrive_when_the_last_is_through() -> None:
    scheduler = Scheduler()
    arrived: list[tuple[Instant, bytes]] = []
    wire = VirtualWire(scheduler, lambda octets: arrived.append((scheduler.now, octets)))

    wire.send(b"abc")
    wire.send(b"d")
    scheduler.run()

    assert arrived == [(3 * OCTET_TIME, b"abc"), (4 * OCTET_TIME, b"d")]


def test_line_that_takes_no_time_still_hands_over_later() -> None:
    scheduler = Scheduler()
    arrived: list[bytes] = []
    wire = VirtualWire(scheduler, arrived.append, Duration(0))

    wire.send(b"x")
    at_once = list(arrived)
    scheduler.run()

    assert at_once == []
    assert arrived == [b"x"]
