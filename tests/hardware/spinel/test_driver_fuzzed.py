"""A million octets of nonsense from the dongle."""

import pytest

from emulator.kernel.errors import LabError
from emulator.kernel.streams import Stream
from hardware.spinel.hdlc import hdlc_frame
from tests.hardware.spinel.test_driver import ObedientLine


@pytest.mark.slow
@pytest.mark.parametrize("framed", [False, True], ids=["noise", "frames"])
def test_a_million_fuzzed_octets_raise_nothing_that_is_not_ours(framed: bool) -> None:
    draws = Stream(f"fuzz {framed}")
    line = ObedientLine().start()
    octets = 0
    while octets < 1_000_000:
        piece = draws.octets(draws.integer(1, 100))
        if framed:
            # transaction, then "is", then a property that matters or any other
            name = draws.choice((b"\x00", b"\x71", b"\x39", b"\x21", piece[:1]))
            piece = hdlc_frame(bytes((0x80 | draws.integer(0, 15), 6)) + name + piece)
        octets += len(piece)
        try:
            line.radio.receive(piece)
            line.run(0.001)
        except LabError:
            line = ObedientLine().start()
        line.events.clear()
        line.seen.clear()

    assert octets >= 1_000_000
