"""A virtual co-processor answers as OpenThread's firmware does, to whatever comes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.kernel.streams import Stream, Streams
from emulator.kernel.trace import Trace
from emulator.kernel.units import Calendar, Instant, seconds
from emulator.lab.radios.kinds import DonglePlace
from emulator.radio.fcs import with_fcs
from emulator.radio.port import RadioConfig, RadioConfigure, RadioReceived, RadioTransmit
from emulator.radio.simulated import SimulatedRadio
from emulator.smart_energy.device import Surroundings
from emulator.testing.stack.radio_contract import CHANNEL, DUT, PAN, PEER, PEER_EUI64, data
from emulator.testing.stack.simulated_bench import SimulatedBench
from hardware.spinel.frames import PropertyPayload, SpinelFrame, command_frame, property_frame
from hardware.spinel.hdlc import HdlcReader, hdlc_frame
from hardware.spinel.properties import Command, Property, Status
from hardware.virtual.spinel_rcp import SpinelRcp, make

Told = tuple[int, Command, Property, bytes]


class Host:
    """A host without a stack: asks, and keeps what it is told."""

    def __init__(self) -> None:
        self.bench = SimulatedBench("peer")
        self.scheduler = self.bench.scheduler
        around = Surroundings(self.scheduler, Streams(1), Trace(), Calendar(), self._radio)
        self.rcp = make(DonglePlace(name="rcp", surroundings=around, default_key=False))
        self.told: list[Told] = []
        self._reader = HdlcReader()
        self.rcp.connect(self._take)

    def _radio(self, name: str) -> SimulatedRadio:
        return SimulatedRadio(name, self.bench.air, self.scheduler, Streams(1).stream(name, "csma"))

    def _take(self, octets: bytes) -> None:
        for payload in self._reader.feed(octets):
            frame = SpinelFrame.decode(payload)
            about = PropertyPayload.decode(frame.payload)
            told = frame.transaction, Command(frame.command), Property(about.property), about.value
            self.told.append(told)

    def say(self, payload: bytes) -> list[Told]:
        before = len(self.told)
        self.rcp.receive(hdlc_frame(payload))
        self.scheduler.run(Instant(self.scheduler.now + seconds(1)))
        return self.told[before:]

    def set(self, name: Property, value: bytes | str) -> list[Told]:
        octets = bytes.fromhex(value) if isinstance(value, str) else value
        return self.say(property_frame(1, Command.PROP_VALUE_SET, name, octets))

    def get(self, name: Property) -> list[Told]:
        return self.say(property_frame(2, Command.PROP_VALUE_GET, name))

    def on(self) -> "Host":
        self.set(Property.PHY_ENABLED, "01")
        self.set(Property.PHY_CHAN, "0b")
        self.set(Property.MAC_15_4_PANID, PAN.to_bytes(2, "little"))
        self.set(Property.MAC_15_4_SADDR, DUT.to_bytes(2, "little"))
        self.set(Property.MAC_RAW_STREAM_ENABLED, "01")
        peer = RadioConfig(CHANNEL, PAN, PEER, PEER_EUI64)
        self.bench.radio("peer").command(RadioConfigure(peer))
        return self

    def transmit(self, psdu: bytes, rest: bytes = b"\x0b") -> list[Told]:
        whole = with_fcs(psdu)
        return self.set(Property.STREAM_RAW, len(whole).to_bytes(2, "little") + whole + rest)


def last_status(told: list[Told]) -> tuple[int, Status]:
    ((number, _, name, value),) = told
    assert name is Property.LAST_STATUS
    return number, Status(value[0])


def test_question_is_answered_under_its_number() -> None:
    assert Host().get(Property.PROTOCOL_VERSION) == [
        (2, Command.PROP_VALUE_IS, Property.PROTOCOL_VERSION, bytes((4, 3)))
    ]


def test_reset_is_told_without_being_asked() -> None:
    host = Host().on()

    told = host.say(command_frame(0, Command.RESET, b"\x02"))

    assert last_status(told) == (0, Status.RESET_SOFTWARE)
    assert host.get(Property.PHY_ENABLED)[0][3] == b"\x00"


@pytest.mark.parametrize(
    ("payload", "status"),
    [
        (command_frame(1, Command.NOOP), Status.OK),
        (command_frame(1, Command(99)), Status.INVALID_COMMAND),
        (command_frame(1, Command.PROP_VALUE_SET, b""), Status.PARSE_ERROR),
        (property_frame(1, Command.PROP_VALUE_GET, Property(9999)), Status.PROP_NOT_FOUND),
        (property_frame(1, Command.PROP_VALUE_SET, Property.PHY_CHAN), Status.PARSE_ERROR),
        (property_frame(1, Command.PROP_VALUE_SET, Property.MAC_SCAN_STATE, b"\x09"),
         Status.INVALID_ARGUMENT),
        (SpinelFrame(1, 2, 2, 0).encode(), Status.INVALID_INTERFACE),
    ],
)  # fmt: skip
def test_what_cannot_be_done_gets_its_status(payload: bytes, status: Status) -> None:
    assert last_status(Host().say(payload)) == (1, status)


def test_frame_without_the_mark_is_none() -> None:
    assert Host().say(SpinelFrame(1, 0, 1, 0).encode()) == []


def test_entries_of_source_match_are_confirmed() -> None:
    host = Host()
    name = Property.MAC_SRC_MATCH_SHORT_ADDRESSES

    added = host.say(property_frame(1, Command.PROP_VALUE_INSERT, name, b"\x01\x00"))
    removed = host.say(property_frame(1, Command.PROP_VALUE_REMOVE, name, b"\x01\x00"))

    assert [each[0][1] for each in (added, removed)] == [
        Command.PROP_VALUE_INSERTED,
        Command.PROP_VALUE_REMOVED,
    ]


def test_transmission_ends_with_status_pending_bit_and_acknowledgement() -> None:
    host = Host().on()

    ((number, _, name, value),) = host.transmit(data(PEER, DUT))

    assert (number, name) == (1, Property.LAST_STATUS)
    # status OK, no frame pending, header not updated, then five octets of acknowledgement
    assert value[:5].hex() == "0000000500"
    assert value[5:8].hex() == "020007"


@pytest.mark.parametrize(("destination", "status"), [(0x7777, Status.NO_ACK), (0xFFFF, Status.OK)])
def test_outcome_is_the_status(destination: int, status: Status) -> None:
    told = Host().on().transmit(data(destination, DUT, ack=destination != 0xFFFF))

    assert Status(told[0][3][0]) is status


def test_jammed_channel_is_a_failed_assessment() -> None:
    host = Host().on()
    host.bench.jam()

    told = [each for each in host.transmit(data(PEER, DUT)) if each[0]]

    assert Status(told[0][3][0]) is Status.CCA_FAILURE


def test_frame_tells_how_often_it_may_be_tried() -> None:
    host = Host().on()
    host.bench.transmissions.clear()

    # channel 11, one back-off, no retry
    host.transmit(data(0x7777, DUT), bytes((11, 1, 0)))

    assert len(host.bench.transmissions) == 1


def test_frame_without_assessment_goes_out_on_a_jammed_channel() -> None:
    host = Host().on()
    host.bench.jam()

    # channel 11, four back-offs, no retry, no CSMA
    told = host.transmit(data(0xFFFF, DUT, ack=False), bytes((11, 4, 0, 0)))

    assert Status(next(each for each in told if each[0])[3][0]) is Status.OK


def test_channel_after_the_transmission_is_kept() -> None:
    host = Host().on()
    settings_after = bytes((11, 4, 3, 1, 0, 0, 1)) + bytes(8) + bytes((20,))

    host.transmit(data(0xFFFF, DUT, ack=False), settings_after)

    assert host.get(Property.PHY_CHAN)[0][3] == bytes((20,))


def test_radio_that_is_off_sends_nothing() -> None:
    assert last_status(Host().transmit(data(PEER, DUT))) == (1, Status.INVALID_STATE)


def test_second_transmission_has_to_wait() -> None:
    host = Host().on()
    whole = with_fcs(data(PEER, DUT))
    value = len(whole).to_bytes(2, "little") + whole + b"\x0b"
    first = hdlc_frame(property_frame(3, Command.PROP_VALUE_SET, Property.STREAM_RAW, value))

    host.rcp.receive(first)
    told = host.set(Property.STREAM_RAW, value)

    assert (told[0][0], Status(told[0][3][0])) == (1, Status.INVALID_STATE)
    assert (told[1][0], Status(told[1][3][0])) == (3, Status.OK)


@pytest.mark.parametrize("size", [0, 4, 128])
def test_psdu_that_cannot_be_sent_is_no_command(size: int) -> None:
    host = Host().on()

    told = host.set(Property.STREAM_RAW, size.to_bytes(2, "little") + bytes(size) + b"\x0b")

    assert last_status(told) == (1, Status.PARSE_ERROR)


def test_frame_heard_goes_to_the_host_with_its_check_sequence() -> None:
    host = Host().on()
    psdu = data(DUT, PEER)

    host.bench.radio("peer").command(RadioTransmit(1, psdu))
    _, told = host.get(Property.PHY_CHAN)

    assert told[:3] == (0, Command.PROP_VALUE_IS, Property.STREAM_RAW)
    assert told[3][2 : 2 + len(psdu) + 2] == with_fcs(psdu)


def test_data_request_acknowledged_as_pending_says_so() -> None:
    host = Host().on()
    request = bytes.fromhex("638807") + PAN.to_bytes(2, "little") + bytes.fromhex("3412000004")

    host.bench.radio("peer").command(RadioTransmit(1, request))
    told = host.get(Property.PHY_CHAN)

    flags = told[1][3][2 + len(request) + 2 + 2 :][:2]
    assert flags == b"\x10\x00"


def test_promiscuous_radio_tells_everything_and_acknowledges_nothing() -> None:
    host = Host().on()
    host.set(Property.MAC_PROMISCUOUS_MODE, "02")

    host.bench.radio("peer").command(RadioTransmit(1, data(DUT, PEER)))
    told = host.get(Property.PHY_CHAN)

    heard = [each for each in told if each[2] is Property.STREAM_RAW]
    assert len(heard) == 4  # nobody acknowledged, so the peer tried four times
    assert not [each for each in host.bench.events("peer") if isinstance(each, RadioReceived)]


def test_energy_of_each_channel_is_told_then_the_scan_is_over() -> None:
    host = Host().on()
    host.set(Property.MAC_SCAN_MASK, "0b0c")
    host.set(Property.MAC_SCAN_PERIOD, "0a00")
    host.bench.jam()

    told = host.set(Property.MAC_SCAN_STATE, "02")

    results = [each[3] for each in told if each[2] is Property.MAC_ENERGY_SCAN_RESULT]
    assert [each[0] for each in results] == [11, 12]
    assert int.from_bytes(results[0][1:], signed=True) > int.from_bytes(results[1][1:], signed=True)
    assert told[-1][2:] == (Property.MAC_SCAN_STATE, b"\x00")


def test_every_dongle_of_a_seed_has_the_same_address() -> None:
    first, again = Host().get(Property.HWADDR), Host().get(Property.HWADDR)

    assert first == again
    assert first[0][3][:3] == bytes.fromhex("02484c")


@settings(max_examples=60)
@given(st.lists(st.binary(max_size=120), max_size=6))
def test_noise_never_stops_the_dongle(pieces: list[bytes]) -> None:
    host = Host().on()
    for piece in pieces:
        host.rcp.receive(piece)
        host.say(piece)
    host.rcp.receive(b"\x7e")

    assert host.get(Property.PROTOCOL_VERSION)[-1][3] == bytes((4, 3))


@pytest.mark.slow
@pytest.mark.parametrize("framed", [False, True], ids=["noise", "frames"])
def test_a_million_fuzzed_octets_raise_nothing(framed: bool) -> None:
    host = Host().on()
    draws = Stream(f"fuzz {framed}")
    octets = 0
    while octets < 1_000_000:
        piece = draws.octets(draws.integer(1, 100))
        if framed:
            head = bytes((0x80 | draws.integer(0, 15), draws.integer(0, 9)))
            piece = hdlc_frame(head + piece)
        host.rcp.receive(piece)
        octets += len(piece)
        host.scheduler.run(Instant(host.scheduler.now + 5_000))
        host.told.clear()

    assert isinstance(host.rcp, SpinelRcp)
