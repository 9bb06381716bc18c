import pytest

from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream
from emulator.kernel.units import Duration, Instant
from emulator.zigbee.mac.beacons import BeaconAnswer
from emulator.zigbee.mac.pib import MacPib
from emulator.zigbee.mac.transmitter import Transmitter

NOW = Instant(1_000)
JITTER = Duration(30_000)


def answer(*, coordinator: bool = False, router: bool = False) -> BeaconAnswer:
    pib = MacPib(Eui64(0x00DB1234567890A0), Stream("pib"))
    pib.coordinator = coordinator
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
