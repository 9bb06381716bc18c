"""Any octets from the air: facts at most, never an exception."""

from collections.abc import Iterator

from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream
from emulator.kernel.units import Instant
from emulator.radio.port import RadioReceived
from emulator.testing.stack.mac_bench import CHANNEL, PAN
from emulator.zigbee.addresses import COORDINATOR
from emulator.zigbee.mac.machine import MacMachine
from emulator.zigbee.mac.primitives import MlmeSetRequest
from emulator.zigbee.mac.settings import MacSettings


def coordinator() -> MacMachine:
    mac = MacMachine(Eui64(0x00DB1234567890A0), MacSettings(), Stream("fuzz"))
    mac.handle(
        MlmeSetRequest(
            channel=CHANNEL,
            pan_id=PAN,
            short_address=COORDINATOR,
            coordinator=True,
            association_permit=True,
        ),
        Instant(0),
    )
    return mac


def fuzzed(count: int) -> Iterator[bytes]:
    """Random octets, every other time after the header of a frame of some kind."""
    drawn = Stream("fuzz")
    headers = [
        bytes.fromhex(text)
        for text in ("6188", "6388", "63cc", "23c8", "0080", "0308", "71c8", "0200", "0b88")
    ]
    for number in range(count):
        octets = drawn.octets(drawn.integer(0, 125))
        yield octets if number % 2 else drawn.choice(headers) + octets[:40]


def test_fifty_thousand_random_psdus_raise_nothing() -> None:
    mac = coordinator()

    for number, psdu in enumerate(fuzzed(50_000)):
        now = Instant(number * 1_000)
        mac.handle(RadioReceived(psdu, -70, 200), now)
        if mac.deadline is not None and mac.deadline <= now:
            mac.wake(now)

    assert mac.deadline is None or mac.deadline > 0
