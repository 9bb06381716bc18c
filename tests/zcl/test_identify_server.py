from emulator.kernel.units import START, Instant, seconds
from emulator.testing.stack.zcl_nodes import ENDPOINT
from emulator.zcl.identify_server import IdentifyServer


def test_countdown_reaches_zero_and_stays() -> None:
    server = IdentifyServer()
    server.start(ENDPOINT, 3, START)

    left = [server.remaining(ENDPOINT, Instant(seconds(at))) for at in (0, 0.5, 1, 2.9, 3, 9)]

    assert left == [3, 3, 2, 1, 0, 0]


def test_zero_and_non_value_stop_it() -> None:
    server = IdentifyServer()
    for stop in (0, None):
        server.start(ENDPOINT, 60, START)
        server.start(ENDPOINT, stop, START)
        assert server.remaining(ENDPOINT, START) == 0
