import pytest

from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream
from emulator.kernel.units import Duration, Instant
from emulator.testing.stack.mac_bench import BEACON_PAYLOAD
from emulator.zigbee.addresses import ExtendedPanId, NwkAddress
from emulator.zigbee.mac.beacons import MOST_REQUESTERS, BeaconAnswer
from emulator.zigbee.mac.frames import decode_frame
from emulator.zigbee.mac.information_elements import EbFilter, InformationElements, RejoinIe
from emulator.zigbee.mac.pib import MacPib
from emulator.zigbee.mac.transmitter import Transmitter

NOW = Instant(1_000)
JITTER = Duration(30_000)


def answer(
    *, coordinator: bool = False, router: bool = False, permits: bool = False
) -> BeaconAnswer:
    pib = MacPib(Eui64(0x00DB1234567890A0), Stream("pib"))
    pib.coordinator = coordinator
    pib.association_permit = permits
    pib.beacon_payload = BEACON_PAYLOAD
    pib.answers_beacon_requests = router
    return BeaconAnswer(pib, JITTER, Transmitter(), Stream("jitter"))


@pytest.mark.parametrize(
    "beacons", [answer(coordinator=True), answer(router=True)], ids=["coordinator", "router"]
)
def test_beacon_comes_a_little_after_the_request(beacons: BeaconAnswer) -> None:
    beacons.asked(NOW)

    assert beacons.deadline is not None
    assert NOW <= beacons.deadline <= NOW + JITTER
    (sent,) = beacons.wake(beacons.deadline)
    assert sent.psdu.startswith(bytes.fromhex("0080"))
    assert beacons.deadline is None


def test_end_device_answers_nobody() -> None:
    beacons = answer()

    beacons.asked(NOW)

    assert beacons.deadline is None


def test_requests_that_come_meanwhile_get_the_same_beacon() -> None:
    beacons = answer(coordinator=True)
    beacons.asked(NOW)
    planned = beacons.deadline

    beacons.asked(Instant(NOW + 5))

    assert beacons.deadline == planned


def test_reset_forgets_the_beacon() -> None:
    beacons = answer(coordinator=True)
    beacons.asked(NOW)

    beacons.reset()

    assert beacons.deadline is None


DEVICE = Eui64(0x00DB1234567890A1)
JOINING = InformationElements(filter=EbFilter(permit_joining_on=True))


def returning(network: int) -> InformationElements:
    return InformationElements(rejoin=RejoinIe(ExtendedPanId(network), NwkAddress(0x4321)))


@pytest.mark.parametrize(
    ("elements", "permits", "answered"),
    [
        (JOINING, True, True),
        (JOINING, False, False),
        (InformationElements(), False, True),
        (returning(0x1122334455667788), False, True),
        (returning(0x1122334455667789), True, False),
    ],
)
def test_enhanced_beacon_goes_to_whom_the_elements_ask_for(
    elements: InformationElements, permits: bool, answered: bool
) -> None:
    beacons = answer(coordinator=True, permits=permits)

    beacons.asked_enhanced(DEVICE, elements, NOW)

    assert (beacons.deadline is not None) is answered


def test_each_who_asks_gets_one_enhanced_beacon_and_no_more_than_a_few_are_owed() -> None:
    beacons = answer(coordinator=True)
    devices = [Eui64(DEVICE + number) for number in range(12)]

    for device in (*devices, *devices):
        beacons.asked_enhanced(device, InformationElements(), NOW)

    sent = [decode_frame(each.psdu).destination_extended for each in beacons.wake(NOW)]
    assert sent == devices[:MOST_REQUESTERS]
    beacons.asked(NOW)
    assert len(beacons.wake(NOW)) == 1
