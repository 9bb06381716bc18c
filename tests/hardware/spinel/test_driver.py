"""The driver on a line that behaves badly; the contract is kept in `test_linked`."""

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.kernel.errors import LabError, LocalError
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.units import Instant, milliseconds, seconds
from emulator.radio.port import (
    Channel,
    RadioConfig,
    RadioConfigure,
    RadioEnergy,
    RadioEnergyScan,
    RadioEvent,
    RadioReceived,
    RadioTransmit,
    RadioTransmitted,
    TransmitOutcome,
)
from emulator.testing.stack.radio_contract import CHANNEL, DUT, DUT_EUI64, PAN, PEER, data
from hardware.spinel.driver import OUTSIDE, SpinelRadio
from hardware.spinel.frames import (
    OctetValue,
    OnePacked,
    PropertyPayload,
    ReceivedFrame,
    SpinelFrame,
    property_frame,
)
from hardware.spinel.hdlc import HdlcReader, hdlc_frame
from hardware.spinel.properties import Command, Property, Status
from hardware.spinel.property_link import DeadDongle

if TYPE_CHECKING:
    from emulator.radio.air import Transmission

CONFIG = RadioConfigure(RadioConfig(CHANNEL, PAN, DUT, DUT_EUI64))


class ObedientLine:
    """Answers every change of a property at once; transmissions as the test says."""

    def __init__(self) -> None:
        self.scheduler = Scheduler()
        self.events: list[RadioEvent] = []
        self.seen: list[tuple[Transmission, int | None]] = []
        self.sent: list[tuple[int, Property]] = []
        self.statuses: list[Status] = []
        self.silent = False
        self._reader = HdlcReader()
        self.radio = SpinelRadio(
            "hub", self.scheduler, observe=lambda frame, rss: self.seen.append((frame, rss))
        )
        self.radio.attach(self._take)
        self.radio.connect(self.events.append)

    def start(self) -> "ObedientLine":
        self.radio.power(on=True)
        self.radio.command(CONFIG)
        self.run(0.1)
        return self

    def run(self, count: float) -> None:
        self.scheduler.run(Instant(self.scheduler.now + seconds(count)))

    def tell(self, number: int, name: Property, value: bytes) -> None:
        frame = property_frame(number, Command.PROP_VALUE_IS, name, value)
        self.scheduler.after(milliseconds(1), lambda: self.radio.receive(hdlc_frame(frame)))

    def _take(self, octets: bytes) -> None:
        for payload in self._reader.feed(octets):
            frame = SpinelFrame.decode(payload)
            about = PropertyPayload.decode(frame.payload)
            name = Property(about.property)
            self.sent.append((frame.transaction, name))
            if name is Property.STREAM_RAW:
                if self.statuses:
                    value = OnePacked(self.statuses.pop(0)).encode()
                    self.tell(frame.transaction, Property.LAST_STATUS, value)
            elif not self.silent:
                self.tell(frame.transaction, name, about.value)

    def streams(self) -> int:
        return sum(name is Property.STREAM_RAW for _, name in self.sent)


def test_radio_without_power_does_nothing() -> None:
    line = ObedientLine()

    line.radio.command(CONFIG)
    line.radio.command(RadioTransmit(1, data(PEER, DUT)))

    assert line.sent == []


def test_sending_before_being_configured_is_a_mistake_of_ours() -> None:
    line = ObedientLine()
    line.radio.power(on=True)

    with pytest.raises(LocalError, match="before it was configured"):
        line.radio.command(RadioTransmit(1, data(PEER, DUT)))


def test_busy_radio_is_asked_again() -> None:
    line = ObedientLine().start()
    line.statuses = [Status.INVALID_STATE, Status.BUSY, Status.OK]

    line.radio.command(RadioTransmit(1, data(PEER, DUT)))
    line.run(1)

    assert line.streams() == 3
    assert line.events == [RadioTransmitted(1, TransmitOutcome.ACKED)]


def test_unknown_failure_counts_as_no_access() -> None:
    line = ObedientLine().start()
    line.statuses = [Status.FAILURE]

    line.radio.command(RadioTransmit(1, data(PEER, DUT)))
    line.run(1)

    assert line.events == [RadioTransmitted(1, TransmitOutcome.CHANNEL_ACCESS_FAILURE)]


def test_transmission_whose_end_is_never_told_is_not_acknowledged() -> None:
    line = ObedientLine().start()

    line.radio.command(RadioTransmit(1, data(PEER, DUT)))
    line.run(3)

    assert line.events == [RadioTransmitted(1, TransmitOutcome.NO_ACK)]
    assert line.radio.troubles.lost == 1


def test_dongle_that_sends_nothing_any_more_is_dead() -> None:
    line = ObedientLine().start()
    for handle in range(9):
        line.radio.command(RadioTransmit(handle, data(PEER, DUT)))

    with pytest.raises(DeadDongle, match="sends no more"):
        line.run(60)


def test_reset_by_itself_is_mended_and_the_frame_sent_again() -> None:
    line = ObedientLine().start()
    line.radio.command(RadioTransmit(1, data(PEER, DUT)))
    line.run(0.1)
    asked = len(line.sent)

    line.statuses = [Status.OK]
    line.tell(0, Property.LAST_STATUS, OnePacked(Status.RESET_POWER_ON).encode())
    line.run(1)

    again = [name for _, name in line.sent[asked:]]
    assert Property.MAC_15_4_PANID in again
    assert again[-1] is Property.STREAM_RAW
    assert line.events == [RadioTransmitted(1, TransmitOutcome.ACKED)]
    assert line.radio.troubles.resets == 1


def test_dongle_that_resets_again_and_again_is_given_up() -> None:
    line = ObedientLine().start()
    line.silent = True

    for _ in range(20):
        line.tell(0, Property.LAST_STATUS, OnePacked(Status.RESET_UNKNOWN).encode())

    with pytest.raises(DeadDongle, match=r"resets again and again .*another cable"):
        line.run(0.1)


def received(psdu: bytes, *, flags: int = 0, phy: bytes = b"") -> bytes:
    return ReceivedFrame(psdu, -60, -128, flags, phy).encode()


def test_received_frame_comes_without_its_check_sequence() -> None:
    line = ObedientLine().start()

    line.tell(0, Property.STREAM_RAW, received(data(DUT, PEER) + b"\x12\x34"))
    line.run(0.1)

    (event,) = line.events
    assert isinstance(event, RadioReceived)
    assert (event.psdu, event.rssi, event.lqi) == (data(DUT, PEER), -60, 255)
    (frame, rss) = line.seen[0]
    assert (frame.sender, rss, frame.channel) == (OUTSIDE, -60, CHANNEL)


@pytest.mark.parametrize(
    "value",
    [received(b""), received(b"\x01\x02"), received(data(DUT, PEER) + b"xx", flags=4), b"\xff"],
)
def test_what_is_no_good_frame_is_left_out(value: bytes) -> None:
    line = ObedientLine().start()

    line.tell(0, Property.STREAM_RAW, value)
    line.run(0.1)

    assert line.events == []


def test_scan_that_is_never_told_ends_as_silence() -> None:
    line = ObedientLine().start()

    line.radio.command(RadioEnergyScan(CHANNEL, milliseconds(50)))
    line.run(5)

    assert line.events == [RadioEnergy(CHANNEL, 0)]


def test_losing_power_forgets_what_was_on_its_way() -> None:
    line = ObedientLine().start()
    line.radio.command(RadioTransmit(1, data(PEER, DUT)))

    line.radio.power(on=False)
    line.run(5)

    assert line.events == []
    assert line.sent[-1][1] is Property.PHY_ENABLED


def test_troubles_are_told_in_words() -> None:
    line = ObedientLine().start()

    line.radio.receive(b"\x7e garbage \x7e")

    assert str(line.radio.troubles) == "1 times noise, 0 resets, 0 unanswered frames"
    assert line.radio.troubles


@settings(max_examples=50)
@given(st.lists(st.binary(max_size=200), max_size=5))
def test_noise_raises_nothing_that_is_not_ours(pieces: list[bytes]) -> None:
    line = ObedientLine().start()
    try:
        for piece in pieces:
            line.radio.receive(piece)
            line.run(0.1)
    except LabError:
        return
    assert isinstance(line.radio.troubles.noise, int)


def test_answers_with_odd_values_do_no_harm() -> None:
    line = ObedientLine().start()

    line.tell(3, Property.MAC_ENERGY_SCAN_RESULT, b"\x0b\xc4")
    line.tell(0, Property.LAST_STATUS, b"")
    line.tell(0, Property.LAST_STATUS, OctetValue(3).encode())
    line.run(0.1)

    assert line.events == []
    assert Channel(0, 11) == CHANNEL
