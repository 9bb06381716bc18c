"""What every radio must do, simulated or on a line: one rule a function.

A test runs each rule of `RADIO_CONTRACT` on a fresh bench. The bench has two radios that hear each
other: `dut`, the one under test, and `peer`.
"""

from collections.abc import Callable
from typing import Final, Literal, Protocol

from emulator.kernel.identity import Eui64
from emulator.kernel.units import Duration, milliseconds
from emulator.radio.port import (
    Channel,
    RadioConfig,
    RadioConfigure,
    RadioEnergy,
    RadioEnergyScan,
    RadioEvent,
    RadioPending,
    RadioReceived,
    RadioTransmit,
    RadioTransmitted,
    TransmitOutcome,
)
from emulator.radio.port import Radio as RadioPort

Place = Literal["dut", "peer"]

CHANNEL: Final = Channel(0, 11)
OTHER_CHANNEL: Final = Channel(0, 20)
DUT_EUI64: Final = Eui64(0x00DB123456789001)
PEER_EUI64: Final = Eui64(0x00DB123456789002)
PAN: Final = 0x5A17
DUT: Final = 0x1234
PEER: Final = 0x0000
NOBODY: Final = 0x7777
TIME: Final = milliseconds(200)
"""Longer than one transmission with all its retries."""
SETTLING: Final = milliseconds(60)
"""Longer than a radio at the end of a slow line takes to be configured."""


class RadioBench(Protocol):
    """Two radios on one medium."""

    def radio(self, place: Place) -> RadioPort:
        """The radio at that place."""
        ...

    def events(self, place: Place) -> list[RadioEvent]:
        """What the radio reported, oldest first."""
        ...

    def run(self, duration: Duration) -> None:
        """Let time pass."""
        ...

    def jam(self) -> None:
        """Keep `CHANNEL` occupied from now on."""
        ...


Rule = Callable[[RadioBench], None]


def expect(actual: object, wanted: object) -> None:
    """Fail unless the two are equal."""
    if actual != wanted:
        raise AssertionError(f"expected {wanted!r}, got {actual!r}")


def data(
    destination: int, source: int, *, pan_id: int = PAN, ack: bool = True, sequence: int = 7
) -> bytes:
    """A data frame without FCS: within one PAN, short addresses, payload `"hello"`."""
    control = 0x8841 | (0x20 if ack else 0)
    head = control.to_bytes(2, "little") + bytes((sequence,)) + pan_id.to_bytes(2, "little")
    addresses = destination.to_bytes(2, "little") + source.to_bytes(2, "little")
    return head + addresses + b"hello"


def _data_request(source: int) -> bytes:
    head = bytes.fromhex("6388 07") + PAN.to_bytes(2, "little")
    return head + DUT.to_bytes(2, "little") + source.to_bytes(2, "little") + b"\x04"


def _data_request_by_eui64(source: Eui64) -> bytes:
    head = bytes.fromhex("63c8 07") + PAN.to_bytes(2, "little")
    return head + DUT.to_bytes(2, "little") + source.to_bytes(8, "little") + b"\x04"


def _by_eui64(destination: Eui64) -> bytes:
    head = bytes.fromhex("618c 07") + PAN.to_bytes(2, "little")
    return head + destination.to_bytes(8, "little") + PEER.to_bytes(2, "little") + b"hello"


def _configure(bench: RadioBench, *, receiver_on: bool = True, channel: Channel = CHANNEL) -> None:
    dut = RadioConfig(channel, PAN, DUT, DUT_EUI64, receiver_on=receiver_on)
    bench.radio("dut").command(RadioConfigure(dut))
    peer = RadioConfig(CHANNEL, PAN, PEER, PEER_EUI64)
    bench.radio("peer").command(RadioConfigure(peer))
    bench.run(SETTLING)


def _sent(bench: RadioBench, place: Place, psdu: bytes) -> RadioTransmitted:
    """How sending `psdu` from `place` ends."""
    bench.radio(place).command(RadioTransmit(1, psdu))
    bench.run(TIME)
    (event,) = (each for each in bench.events(place) if isinstance(each, RadioTransmitted))
    return event


def _received(bench: RadioBench, place: Place) -> list[bytes]:
    return [each.psdu for each in bench.events(place) if isinstance(each, RadioReceived)]


def acknowledged_frame_arrives(bench: RadioBench) -> None:
    """A frame that asks for it is acknowledged, and arrives once, without its FCS."""
    _configure(bench)

    event = _sent(bench, "dut", data(PEER, DUT))

    expect(event, RadioTransmitted(1, TransmitOutcome.ACKED))
    expect(_received(bench, "peer"), [data(PEER, DUT)])


def unacknowledged_frame_arrives(bench: RadioBench) -> None:
    """A frame that asks for no acknowledgement is reported as sent."""
    _configure(bench)

    event = _sent(bench, "dut", data(PEER, DUT, ack=False))

    expect(event, RadioTransmitted(1, TransmitOutcome.SENT))
    expect(_received(bench, "peer"), [data(PEER, DUT, ack=False)])


def dut_acknowledges_what_it_receives(bench: RadioBench) -> None:
    """A frame for the radio under test is acknowledged by it, without a host."""
    _configure(bench)

    event = _sent(bench, "peer", data(DUT, PEER))

    expect(event, RadioTransmitted(1, TransmitOutcome.ACKED))
    expect(_received(bench, "dut"), [data(DUT, PEER)])


def nobody_there_means_no_acknowledgement(bench: RadioBench) -> None:
    """A frame for nobody ends without acknowledgement after all retries."""
    _configure(bench)

    event = _sent(bench, "dut", data(NOBODY, DUT))

    expect(event, RadioTransmitted(1, TransmitOutcome.NO_ACK))


def saturated_channel_means_access_failure(bench: RadioBench) -> None:
    """On a channel that is never free the radio gives up without sending."""
    _configure(bench)
    bench.jam()

    event = _sent(bench, "dut", data(PEER, DUT))

    expect(event, RadioTransmitted(1, TransmitOutcome.CHANNEL_ACCESS_FAILURE))


def frames_leave_in_order(bench: RadioBench) -> None:
    """Several frames given at once are sent one after the other."""
    _configure(bench)

    for handle in (1, 2, 3):
        bench.radio("dut").command(RadioTransmit(handle, data(PEER, DUT, sequence=handle)))
    bench.run(TIME)

    expect(_received(bench, "peer"), [data(PEER, DUT, sequence=each) for each in (1, 2, 3)])


def pending_bit_for_a_listed_short_address(bench: RadioBench) -> None:
    """A data request of a listed short address is acknowledged with frame pending."""
    _configure(bench)
    bench.radio("dut").command(RadioPending(frozenset((PEER,)), frozenset()))
    bench.run(SETTLING)

    event = _sent(bench, "peer", _data_request(PEER))

    expect(event, RadioTransmitted(1, TransmitOutcome.ACKED, frame_pending=True))


def pending_bit_for_a_listed_eui64(bench: RadioBench) -> None:
    """A data request of a listed EUI-64 is acknowledged with frame pending."""
    _configure(bench)
    bench.radio("dut").command(RadioPending(frozenset(), frozenset((PEER_EUI64,))))
    bench.run(SETTLING)

    event = _sent(bench, "peer", _data_request_by_eui64(PEER_EUI64))

    expect(event, RadioTransmitted(1, TransmitOutcome.ACKED, frame_pending=True))


def no_pending_bit_for_others(bench: RadioBench) -> None:
    """A data request of a device that is not listed is acknowledged without frame pending."""
    _configure(bench)
    bench.radio("dut").command(RadioPending(frozenset((NOBODY,)), frozenset()))
    bench.run(SETTLING)

    event = _sent(bench, "peer", _data_request(PEER))

    expect(event, RadioTransmitted(1, TransmitOutcome.ACKED, frame_pending=False))


def foreign_pan_is_filtered(bench: RadioBench) -> None:
    """A frame of another PAN is neither reported nor acknowledged."""
    _configure(bench)

    event = _sent(bench, "peer", data(DUT, PEER, pan_id=0x1111))

    expect(event.outcome, TransmitOutcome.NO_ACK)
    expect(_received(bench, "dut"), [])


def foreign_address_is_filtered(bench: RadioBench) -> None:
    """A frame for another short address or EUI-64 is not reported."""
    _configure(bench)

    bench.radio("peer").command(RadioTransmit(1, data(NOBODY, PEER, ack=False)))
    bench.radio("peer").command(RadioTransmit(2, _by_eui64(PEER_EUI64)))
    bench.run(TIME)

    expect(_received(bench, "dut"), [])


def extended_address_is_accepted(bench: RadioBench) -> None:
    """A frame for the radio's EUI-64 is acknowledged and reported."""
    _configure(bench)

    event = _sent(bench, "peer", _by_eui64(DUT_EUI64))

    expect(event.outcome, TransmitOutcome.ACKED)
    expect(_received(bench, "dut"), [_by_eui64(DUT_EUI64)])


def broadcast_is_accepted_unacknowledged(bench: RadioBench) -> None:
    """A broadcast is reported and never acknowledged, whatever it asks for."""
    _configure(bench)

    event = _sent(bench, "peer", data(0xFFFF, PEER, ack=False))

    expect(event.outcome, TransmitOutcome.SENT)
    expect(_received(bench, "dut"), [data(0xFFFF, PEER, ack=False)])


def receiver_that_is_off_hears_nothing(bench: RadioBench) -> None:
    """A radio whose receiver is off neither reports nor acknowledges."""
    _configure(bench, receiver_on=False)

    event = _sent(bench, "peer", data(DUT, PEER))

    expect(event.outcome, TransmitOutcome.NO_ACK)
    expect(_received(bench, "dut"), [])


def receiver_that_is_off_hears_its_acknowledgement(bench: RadioBench) -> None:
    """A radio whose receiver is off still waits for the acknowledgement of what it sends."""
    _configure(bench, receiver_on=False)

    event = _sent(bench, "dut", data(PEER, DUT))

    expect(event, RadioTransmitted(1, TransmitOutcome.ACKED))


def another_channel_is_not_heard(bench: RadioBench) -> None:
    """Radios on two channels do not hear each other, until one is configured anew."""
    _configure(bench, channel=OTHER_CHANNEL)

    bench.radio("peer").command(RadioTransmit(1, data(DUT, PEER)))
    bench.run(TIME)
    _configure(bench)
    bench.radio("peer").command(RadioTransmit(2, data(DUT, PEER, sequence=8)))
    bench.run(TIME)

    expect(_received(bench, "dut"), [data(DUT, PEER, sequence=8)])


def energy_scan_finds_the_busy_channel(bench: RadioBench) -> None:
    """An energy scan says more of the channel that is in use than of the one that is not."""
    _configure(bench)
    bench.jam()

    for channel in (CHANNEL, OTHER_CHANNEL):
        bench.radio("dut").command(RadioEnergyScan(channel, milliseconds(50)))
    bench.run(TIME)

    busy, quiet = (each for each in bench.events("dut") if isinstance(each, RadioEnergy))
    expect((busy.channel, quiet.channel), (CHANNEL, OTHER_CHANNEL))
    expect(busy.level > quiet.level, True)


RADIO_CONTRACT: Final[tuple[Rule, ...]] = (
    acknowledged_frame_arrives,
    unacknowledged_frame_arrives,
    dut_acknowledges_what_it_receives,
    nobody_there_means_no_acknowledgement,
    saturated_channel_means_access_failure,
    frames_leave_in_order,
    pending_bit_for_a_listed_short_address,
    pending_bit_for_a_listed_eui64,
    no_pending_bit_for_others,
    foreign_pan_is_filtered,
    foreign_address_is_filtered,
    extended_address_is_accepted,
    broadcast_is_accepted_unacknowledged,
    receiver_that_is_off_hears_nothing,
    receiver_that_is_off_hears_its_acknowledgement,
    another_channel_is_not_heard,
    energy_scan_finds_the_busy_channel,
)
"""Every rule, each to be tried on a bench of its own."""
