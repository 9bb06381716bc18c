from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.scheduler import Scheduler
from emulator.kernel.units import Instant, seconds
from emulator.lab.sniffing.kinds import SniffedFrame
from emulator.radio.fcs import with_fcs
from emulator.radio.port import Channel
from hardware.spinel.frames import OnePacked, property_frame
from hardware.spinel.hdlc import HdlcReader, hdlc_frame
from hardware.spinel.properties import Command, Property, Status
from hardware.spinel.property_link import DeadDongle
from hardware.spinel.sniffer import SpinelSniffer
from tests.hardware.virtual.linked_bench import LinkedBench
from tests.lab.sniffing.spinel_line import heard_octets

PSDU = bytes.fromhex("0308 01 ffff ffff 07")  # a beacon request


def listening() -> tuple[SpinelSniffer, list[SniffedFrame], list[bytes], Scheduler]:
    frames, sent, scheduler = list[SniffedFrame](), list[bytes](), Scheduler()
    sniffer = SpinelSniffer("dongle", scheduler, frames.append)
    sniffer.attach(sent.append)
    return sniffer, frames, sent, scheduler


def status(number: int, transaction: int = 0) -> bytes:
    value = OnePacked(number).encode()
    name = Property.LAST_STATUS
    return hdlc_frame(property_frame(transaction, Command.PROP_VALUE_IS, name, value))


def test_virtual_co_processor_is_brought_to_listen() -> None:
    bench = LinkedBench()
    sniffer = SpinelSniffer("dongle", bench.scheduler, list[SniffedFrame]().append)
    sniffer.attach(bench.rcp.receive)
    bench.rcp.connect(sniffer.receive)

    sniffer.tune(Channel(0, 20))
    bench.run(seconds(1))

    answers = list[bytes]()
    bench.rcp.connect(answers.append)
    for name in (Property.MAC_PROMISCUOUS_MODE, Property.PHY_CHAN):
        bench.rcp.receive(hdlc_frame(property_frame(3, Command.PROP_VALUE_GET, name)))
    values = [payload[-1] for payload in HdlcReader().feed(b"".join(answers))]
    assert values == [2, 20]
    assert sniffer.troubles == ""


def test_frame_is_told_with_channel_strength_and_time() -> None:
    sniffer, frames, _, _ = listening()

    sniffer.receive(heard_octets(PSDU, moment=77))

    assert frames == [SniffedFrame(with_fcs(PSDU), -50, Channel(0, 15), 77)]


def test_frame_with_a_wrong_fcs_is_counted() -> None:
    sniffer, frames, _, _ = listening()

    sniffer.receive(heard_octets(PSDU, flags=0x0004))

    assert not frames
    assert sniffer.troubles == "1 frames with a wrong FCS"


def test_dongle_that_began_anew_is_brought_to_listen_again() -> None:
    sniffer, _, sent, _ = listening()
    sniffer.tune(Channel(0, 15))
    before = len(sent)

    sniffer.receive(status(Status.RESET_POWER_ON))

    assert len(sent) > before
    assert sniffer.troubles == "1 resets of the dongle"


def test_dongle_that_resets_again_and_again_is_given_up() -> None:
    sniffer, _, _, _ = listening()
    sniffer.tune(Channel(0, 15))

    with pytest.raises(DeadDongle, match="resets again and again"):
        sniffer.receive(status(Status.RESET_POWER_ON) * 9)


def test_firmware_that_cannot_listen_to_others_is_told() -> None:
    sniffer, _, sent, _ = listening()
    sniffer.tune(Channel(0, 15))

    def answer(*, refused: bool) -> None:
        (payload,) = HdlcReader().feed(sent[-1])
        transaction = payload[0] & 0x0F
        if refused:
            sniffer.receive(status(Status.PROP_NOT_FOUND, transaction))
        else:
            told = bytes((payload[0], Command.PROP_VALUE_IS)) + payload[2:]
            sniffer.receive(hdlc_frame(told))

    answer(refused=False)
    answer(refused=False)
    with pytest.raises(DeadDongle, match="no promiscuous mode"):
        answer(refused=True)


def test_silent_dongle_is_given_up() -> None:
    sniffer, _, _, scheduler = listening()
    sniffer.tune(Channel(0, 15))

    with pytest.raises(DeadDongle, match="answers no more"):
        scheduler.run(Instant(seconds(60)))


@given(st.binary(max_size=300))
def test_octets_of_any_kind_raise_nothing_but_that_the_dongle_is_dead(octets: bytes) -> None:
    sniffer, _, _, _ = listening()

    with suppress(DeadDongle):
        sniffer.receive(octets)
