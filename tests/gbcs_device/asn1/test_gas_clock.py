"""Setting the clock of a gas meter (GCS28)."""

from datetime import timedelta

import pytest

from emulator.gbcs.asn1.codes import DeviceTimeStatus
from emulator.gbcs.asn1.gas_clock import SetTimeCommand
from emulator.gbcs_device.primitives import ClockSet
from emulator.kernel.units import START
from emulator.testing.scenes.remote_party_bench import NOON, RemotePartyBench

SET_CLOCK = 0x007F
AHEAD = timedelta(minutes=5)


@pytest.fixture
def bench() -> RemotePartyBench:
    bench = RemotePartyBench()
    bench.machine.clock.be_ahead(AHEAD)
    return bench


@pytest.mark.parametrize(
    ("start", "end"),
    [("20260301120000Z", "20260301120000Z"), ("20260301000000Z", "20260302000000Z")],
)
def test_the_hubs_time_is_taken_when_it_lies_in_the_interval(
    bench: RemotePartyBench, start: str, end: str
) -> None:
    found = bench.answer(bench.command(SET_CLOCK, SetTimeCommand(start, end)))

    assert (found.device_time, found.status) == ("20260301120000Z", DeviceTimeStatus.RELIABLE)
    assert bench.machine.clock.moment(START) == NOON


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("20260301120001Z", "20260301130000Z"),
        ("20260301110000Z", "20260301115959Z"),
        ("20260301130000Z", "20260301110000Z"),
        ("20261301000000Z", "20260302000000Z"),
        ("20260301000000Z", "20260230000000Z"),
    ],
)
def test_the_device_keeps_its_time_when_the_hubs_lies_outside(
    bench: RemotePartyBench, start: str, end: str
) -> None:
    found = bench.answer(bench.command(SET_CLOCK, SetTimeCommand(start, end)))

    assert (found.device_time, found.status) == ("20260301120500Z", DeviceTimeStatus.UNRELIABLE)
    assert bench.machine.clock.moment(START) == NOON + AHEAD


@pytest.mark.parametrize(
    ("end", "accepted"), [("20260302000000Z", True), ("20260301000001Z", False)]
)
def test_other_parts_hear_whether_the_time_was_taken(
    bench: RemotePartyBench, end: str, accepted: bool
) -> None:
    command = bench.command(SET_CLOCK, SetTimeCommand("20260301000000Z", end))

    assert ClockSet(accepted) in bench.send(command)
