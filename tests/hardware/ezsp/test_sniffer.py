"""A network co-processor that only listens."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.kernel.identity import Eui64
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.units import Instant, seconds
from emulator.lab.sniffing.kinds import SniffedFrame
from emulator.radio.fcs import with_fcs
from emulator.radio.port import Channel, RadioConfig, RadioConfigure, RadioTransmit
from hardware.ezsp.ash import DataFrame, ErrorFrame, ResetAck, ash_octets
from hardware.ezsp.identifiers import Command, EmberStatus
from hardware.ezsp.sniffer import EzspSniffer
from hardware.line.byte_line import LineFault
from hardware.virtual.virtual_wire import VirtualWire
from tests.hardware.virtual.ezsp_bench import EzspBench

PSDU = bytes.fromhex("0308 01 ffff ffff 07")  # a beacon request
BEGAN = ash_octets(ResetAck(0x0B))


class Ear:
    """A sniffer on the virtual co-processor, and somebody who sends."""

    def __init__(self) -> None:
        self.bench = EzspBench()
        self.frames: list[SniffedFrame] = []
        scheduler = self.bench.scheduler
        self.sniffer = EzspSniffer("dongle", scheduler, self.frames.append)
        self.sniffer.attach(VirtualWire(scheduler, self.bench.ncp.receive).send)
        self.bench.ncp.connect(VirtualWire(scheduler, self.sniffer.receive).send)
        self.sender = self.bench.radio("sender")
        self.sender.power(on=True)

    def tune(self, channel: int) -> None:
        self.sniffer.tune(Channel(0, channel))
        self.bench.run(1)

    def send(self, channel: int) -> None:
        config = RadioConfig(Channel(0, channel), 0xFFFF, 0xFFFF, Eui64(1), receiver_on=False)
        self.sender.command(RadioConfigure(config))
        self.sender.command(RadioTransmit(1, PSDU, csma=False))
        self.bench.run(0.1)


def test_frames_on_its_channel_are_told_with_their_strength() -> None:
    ear = Ear()
    ear.tune(15)

    ear.send(15)
    ear.send(20)

    (frame,) = ear.frames
    assert frame.psdu == with_fcs(PSDU)
    assert frame.channel == Channel(0, 15)
    assert frame.rss < 0
    assert ear.sniffer.troubles == ""


def test_it_goes_from_channel_to_channel() -> None:
    ear = Ear()
    for channel in (11, 26, 11):
        ear.tune(channel)
        ear.send(channel)

    assert [frame.channel.number for frame in ear.frames] == [11, 26, 11]


def test_dongle_that_begins_anew_is_brought_to_listen_again() -> None:
    ear = Ear()
    ear.tune(15)
    ear.bench.ncp.reset()
    ear.bench.run(1)

    ear.send(15)

    assert len(ear.frames) == 1
    assert ear.sniffer.troubles == "1 resets of the dongle"


def alone() -> tuple[EzspSniffer, list[bytes], Scheduler]:
    sent, scheduler = list[bytes](), Scheduler()
    sniffer = EzspSniffer("dongle", scheduler, list[SniffedFrame]().append)
    sniffer.attach(sent.append)
    sniffer.tune(Channel(0, 15))
    return sniffer, sent, scheduler


def test_silence_is_asked_again_and_then_told() -> None:
    _, sent, scheduler = alone()

    with pytest.raises(LineFault, match="answers no more"):
        scheduler.run(Instant(seconds(20)))

    assert len(sent) == 5


def test_dongle_that_only_resets_is_given_up() -> None:
    sniffer, _, _ = alone()

    for _ in range(8):
        sniffer.receive(BEGAN)
    with pytest.raises(LineFault, match="resets again and again"):
        sniffer.receive(BEGAN)


def test_error_is_answered_by_a_reset() -> None:
    sniffer, sent, _ = alone()
    sniffer.receive(ash_octets(ErrorFrame(0x51)))

    assert sent[-1] == sent[0]


def test_firmware_without_the_library_is_told_at_once() -> None:
    sniffer, _, _ = alone()
    sniffer.receive(BEGAN)
    version = bytes((1, 0x80, 0, 13, 2, 0x00, 0x74))
    sniffer.receive(ash_octets(DataFrame(0, 1, version)))
    refused = bytes((2, 0x80, 1, Command.MFGLIB_START, 0, EmberStatus.INVALID_CALL))

    with pytest.raises(LineFault, match="cannot listen to others"):
        sniffer.receive(ash_octets(DataFrame(1, 2, refused)))


def test_other_version_is_agreed_before_anything_else() -> None:
    sniffer, sent, _ = alone()
    sniffer.receive(BEGAN)
    version = bytes((1, 0x80, 0, 8, 2, 0x00, 0x67))
    sniffer.receive(ash_octets(DataFrame(0, 1, version)))

    agreed = bytes((2, 0, 1, 0, 0, 8))
    assert sent[-1] == ash_octets(DataFrame(1, 1, agreed))


@settings(max_examples=100)
@given(st.binary(max_size=300))
def test_any_octets_raise_nothing_that_is_not_ours(octets: bytes) -> None:
    sniffer, _, _ = alone()
    sniffer.receive(BEGAN)

    with suppress(LineFault):
        sniffer.receive(octets)
