"""Who is at the end of a line, of those that lab engineers have plugged in before."""

import pytest

from emulator.kernel.errors import EnvironmentFault
from hardware.line.serving import serve_line
from hardware.spinel.asking import Asker, Stranger, stranger, wrong
from hardware.spinel.frames import TwoPacked
from hardware.spinel.properties import Property
from tests.hardware.spinel.far_end import FarEnd

MODEM = {b"AT": b"\r\nOK\r\n"}
EZSP = {bytes.fromhex("1ac038bc7e"): bytes.fromhex("1ac1020b0a527e")}
ZNP = {bytes.fromhex("fe00210120"): bytes.fromhex("fe 02 61 01 79 00 1a")}


@pytest.mark.parametrize(
    ("answers", "what", "advice"),
    [
        (MODEM, "a modem, no dongle", "choose another port"),
        (EZSP, "an EmberZNet dongle", "flash an OpenThread RCP image"),
        (ZNP, "a Z-Stack dongle", "flash an OpenThread RCP image"),
        ({b"\x7e": b"\x99\x98"}, "octets come that are no Spinel", "baud"),
        ({}, "nothing answers", "another port"),
    ],
)
def test_strangers_are_known_by_their_answers(
    answers: dict[bytes, bytes], what: str, advice: str
) -> None:
    with FarEnd(answers) as line:
        found = stranger(Asker(line, limit=0.2))

    assert found.what.startswith(what)
    assert advice in found.advice


def test_fault_is_one_line_with_what_and_what_to_do() -> None:
    fault = wrong("/dev/ttyUSB0", Stranger("a modem", "choose another port"))

    assert isinstance(fault, EnvironmentFault)
    assert str(fault) == "/dev/ttyUSB0: a modem: choose another port"


def test_co_processor_says_that_it_began_anew_and_answers() -> None:
    with FarEnd.co_processor() as line:
        asker = Asker(line, limit=0.2)

        assert asker.reset()
        assert asker.ask(Property.PROTOCOL_VERSION) == TwoPacked(4, 3).encode()


def test_property_that_is_not_there_has_no_value() -> None:
    with FarEnd.co_processor() as line:
        assert Asker(line, limit=0.2).ask(Property.STREAM_DEBUG) is None


def test_silence_is_no_answer() -> None:
    with FarEnd({}) as line:
        asker = Asker(line, limit=0.2)

        assert not asker.reset()
        assert asker.ask(Property.PROTOCOL_VERSION, tries=1) is None


def test_line_that_ends_while_it_is_asked_is_a_fault() -> None:
    served = serve_line("tcp://127.0.0.1:0")
    with FarEnd.closing_at_once(served) as line, pytest.raises(EnvironmentFault):
        Asker(line, limit=0.2).ask(Property.PROTOCOL_VERSION)
