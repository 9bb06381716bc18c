import pytest

from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream
from emulator.kernel.units import Instant
from emulator.radio.port import RadioPending, RadioTransmit, TransmitOutcome
from emulator.zigbee.addresses import NwkAddress, PanId
from emulator.zigbee.facts import FrameDropped
from emulator.zigbee.mac.commands import AssociationRequest, DataRequest, encode_command
from emulator.zigbee.mac.frames import AddressingMode, FrameType, MacFrame, decode_frame
from emulator.zigbee.mac.indirect import Transaction
from emulator.zigbee.mac.parent import Parent
from emulator.zigbee.mac.pib import MacPib
from emulator.zigbee.mac.primitives import (
    AssociationStatus,
    CapabilityInformation,
    MacStatus,
    McpsDataConfirm,
    McpsDataRequest,
    MlmeAssociateIndication,
    MlmeAssociateResponse,
    MlmeCommStatusIndication,
    MlmePollIndication,
)
from emulator.zigbee.mac.settings import MacSettings
from emulator.zigbee.mac.transmitter import Transmitter

NOW = Instant(1_000)
PAN = PanId(0x5A17)
CHILD = NwkAddress(0x1234)
JOINER = Eui64(0x00DB1234567890A1)
NOBODY = RadioPending(frozenset(), frozenset())
ADMITTED = MlmeAssociateResponse(JOINER, CHILD, AssociationStatus.SUCCESS)


class Household:
    """A parent with the PIB and the transmitter it works with."""

    def __init__(self, settings: MacSettings | None = None) -> None:
        self.pib = MacPib(Eui64(0x00DB1234567890A0), Stream("pib"))
        self.pib.pan_id = PAN
        self.pib.short_address = NwkAddress(0)
        self.pib.association_permit = True
        self.transmitter = Transmitter()
        self.parent = Parent(self.pib, settings or MacSettings(), self.transmitter)

    def keep(self, handle: int) -> object:
        request = McpsDataRequest(handle, CHILD, bytes((handle,)), indirect=True)
        return self.parent.keep(request, NOW)

    def poll(self, frame: MacFrame) -> MacFrame | None:
        """The frame that the poll is answered with."""
        for effect in self.parent.polled(frame):
            if isinstance(effect, RadioTransmit):
                self.handle = effect.handle
                return decode_frame(effect.psdu)
        return None

    def end(self, outcome: TransmitOutcome) -> object:
        transaction = self.transmitter.ended(self.handle)
        assert isinstance(transaction, Transaction)
        return self.parent.transmitted(transaction, outcome)


def from_child() -> MacFrame:
    return MacFrame(
        FrameType.COMMAND,
        ack_request=True,
        pan_id_compression=True,
        destination_mode=AddressingMode.SHORT,
        source_mode=AddressingMode.SHORT,
        destination_pan=PAN,
        destination_short=NwkAddress(0),
        source_short=CHILD,
        payload=encode_command(DataRequest()),
    )


def from_joiner() -> MacFrame:
    return MacFrame(
        FrameType.COMMAND,
        ack_request=True,
        pan_id_compression=True,
        destination_mode=AddressingMode.SHORT,
        source_mode=AddressingMode.EXTENDED,
        destination_pan=PAN,
        destination_short=NwkAddress(0),
        source_extended=JOINER,
        payload=encode_command(DataRequest()),
    )


def test_request_to_associate_is_indicated() -> None:
    capability = CapabilityInformation(rx_on_when_idle=False)

    effects = Household().parent.asked_to_associate(from_joiner(), AssociationRequest(capability))

    assert effects == (MlmeAssociateIndication(JOINER, capability),)


def test_request_to_associate_is_ignored_where_it_is_not_permitted() -> None:
    house = Household()
    house.pib.association_permit = False

    effects = house.parent.asked_to_associate(
        from_joiner(), AssociationRequest(CapabilityInformation())
    )

    assert effects == (FrameDropped("mac", "association is not permitted", JOINER),)


def test_request_to_associate_without_eui64_is_dropped() -> None:
    effects = Household().parent.asked_to_associate(
        from_child(), AssociationRequest(CapabilityInformation())
    )

    assert isinstance(effects[0], FrameDropped)


def test_answer_waits_until_the_joiner_asks_and_its_fate_is_told() -> None:
    house = Household()

    kept = house.parent.respond(ADMITTED, NOW)
    sent = house.poll(from_joiner())

    assert kept == (RadioPending(frozenset(), frozenset((JOINER,))),)
    assert sent is not None
    assert sent.payload == bytes.fromhex("02 3412 00")
    assert house.end(TransmitOutcome.ACKED) == (
        NOBODY,
        MlmeCommStatusIndication(JOINER, MacStatus.SUCCESS),
    )


def test_newer_answer_takes_the_place_of_the_older() -> None:
    house = Household()
    house.parent.respond(ADMITTED, NOW)
    house.parent.respond(
        MlmeAssociateResponse(JOINER, NwkAddress(0x4321), AssociationStatus.SUCCESS), NOW
    )

    sent = house.poll(from_joiner())

    assert sent is not None
    assert sent.payload == bytes.fromhex("02 2143 00")
    assert not sent.frame_pending


def test_answer_nobody_asks_for_expires() -> None:
    house = Household()
    house.parent.respond(ADMITTED, NOW)
    assert house.parent.deadline == NOW + 7_680_000

    effects = house.parent.wake(Instant(NOW + 7_680_000))

    assert effects == (NOBODY, MlmeCommStatusIndication(JOINER, MacStatus.TRANSACTION_EXPIRED))


def test_child_that_polls_gets_its_frames_in_order() -> None:
    house = Household()
    house.keep(1)
    house.keep(2)

    first = house.poll(from_child())
    ends = [house.end(TransmitOutcome.ACKED)]
    second = house.poll(from_child())
    ends.append(house.end(TransmitOutcome.ACKED))

    assert first is not None
    assert second is not None
    assert [first.payload, second.payload] == [b"\x01", b"\x02"]
    assert [first.frame_pending, second.frame_pending] == [True, False]
    assert ends == [
        (McpsDataConfirm(1, MacStatus.SUCCESS),),
        (NOBODY, McpsDataConfirm(2, MacStatus.SUCCESS)),
    ]


def test_poll_is_indicated_by_short_address_only() -> None:
    house = Household()

    assert house.parent.polled(from_child()) == [MlmePollIndication(CHILD)]
    assert house.parent.polled(from_joiner()) == []


@pytest.mark.parametrize(
    "outcome", [TransmitOutcome.NO_ACK, TransmitOutcome.CHANNEL_ACCESS_FAILURE]
)
def test_frame_that_was_not_acknowledged_waits_for_the_next_poll_with_its_number(
    outcome: TransmitOutcome,
) -> None:
    house = Household()
    house.keep(1)

    first = house.poll(from_child())
    assert house.end(outcome) == ()
    again = house.poll(from_child())

    assert first is not None
    assert first == again


def test_frame_in_flight_is_not_sent_a_second_time() -> None:
    house = Household()
    house.keep(1)
    house.poll(from_child())

    assert house.poll(from_child()) is None


def test_full_queue_is_confirmed_as_overflow() -> None:
    house = Household(MacSettings(indirect_capacity=1))
    house.keep(1)

    assert house.keep(2) == (McpsDataConfirm(2, MacStatus.TRANSACTION_OVERFLOW),)
    assert house.parent.respond(ADMITTED, NOW) == (
        MlmeCommStatusIndication(JOINER, MacStatus.TRANSACTION_OVERFLOW),
    )


def test_purged_frame_is_not_kept_any_more() -> None:
    house = Household()
    house.keep(1)

    assert house.parent.purge(1) == (NOBODY,)
    assert house.parent.purge(1) == ()
    assert house.poll(from_child()) is None


def test_data_request_of_nobody_is_dropped() -> None:
    (fact,) = Household().parent.polled(MacFrame(FrameType.COMMAND))

    assert isinstance(fact, FrameDropped)


def test_reset_forgets_everything_and_announces_anew() -> None:
    house = Household()
    house.keep(1)

    house.parent.reset()

    assert house.parent.deadline is None
    assert house.poll(from_child()) is None
    assert house.keep(2) == (RadioPending(frozenset((CHILD,)), frozenset()),)
