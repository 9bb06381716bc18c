"""The hub above the bridge: what it does with the events of the zigpy process."""

from typing import Any

import pytest

from emulator.crypto.cbke import Suite
from emulator.crypto.certificate_authority import CertificateAuthority
from emulator.kernel.errors import PeerError
from emulator.kernel.identity import Eui64
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.streams import Stream, Streams
from emulator.kernel.trace import Trace
from emulator.kernel.units import Calendar
from emulator.smart_energy.device import PoweredRadio, Surroundings
from emulator.smart_energy.facts import KeyEstablishmentFailed
from emulator.smart_energy.keys.credentials import Credentials
from hardware.zigpy_bridge.far_stack import FarStack
from hardware.zigpy_bridge.hub import ENDPOINT, BridgedHub

HUB = Eui64(0x02484C0000000001)
SUITE = Suite.SECT283K1


def _no_radio(_name: str) -> PoweredRadio:
    raise AssertionError("the radio is the dongle's")


class Bench:
    """A hub, and the lines it sends."""

    def __init__(self) -> None:
        self.lines: list[dict[str, Any]] = []
        self.trace = Trace()
        identity = CertificateAuthority.test(SUITE).issue(HUB, Stream("hub"))
        around = Surroundings(Scheduler(), Streams(1), self.trace, Calendar(), _no_radio)
        self.hub = BridgedHub(
            "HUB", HUB, Credentials({SUITE: identity}), around, FarStack(self._tell)
        )

    def _tell(self, **fields: Any) -> None:
        self.lines.append(fields)

    def message(self, cluster: int, asdu: str, counter: int = 1) -> None:
        self.hub.take(
            {
                "event": "message",
                "source": 0x1234,
                "broadcast": False,
                "profile": 0x0109,
                "cluster": cluster,
                "source_endpoint": 1,
                "endpoint": int(ENDPOINT),
                "asdu": asdu,
                "link_key": False,
                "counter": counter,
                "lqi": 255,
                "rssi": -60,
            }
        )


def test_time_is_answered_through_the_dongle() -> None:
    bench = Bench()

    bench.message(0x000A, "00070000 00".replace(" ", ""))

    assert [line["do"] for line in bench.lines] == ["send"]
    assert bench.lines[0]["asdu"].startswith("1807010000")


def test_a_foreign_certificate_is_refused_in_the_protocol() -> None:
    bench = Bench()
    bench.hub.take({"event": "joined", "eui64": "00db1234567890a0", "address": 0x1234})
    meter = Eui64(0x00DB1234567890A0)
    foreign = CertificateAuthority.other_test(SUITE).issue(meter, Stream("meter"))

    bench.message(0x0800, "010700" + "0200" + "0a0a" + foreign.certificate.hex())

    ((_, fact),) = bench.trace.of(KeyEstablishmentFailed)
    assert fact.reason == "UNKNOWN_ISSUER"
    assert bench.lines[0]["cluster"] == 0x0800


def test_an_event_that_is_none_is_refused_and_an_unknown_one_left_out() -> None:
    bench = Bench()

    bench.hub.take({"event": "news"})

    with pytest.raises(PeerError):
        bench.hub.take({"event": "message"})
