"""The library of cases against devices that are as they should be: nothing fails."""

import pytest

from emulator.bench.campaigns.campaign import known_cases
from emulator.bench.campaigns.profile import EMULATED, Profile
from emulator.bench.cases.cases import Case
from emulator.bench.cases.nature_cases import NETWORK_CHECKS
from emulator.bench.running.benched_home import BenchedHome, DeviceUnderTest, Reach
from emulator.bench.running.runner import Runner
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.lab.result import Verdict
from emulator.lab.shipment import parse_shipment
from emulator.testing.bench_scene import SHIPMENT

SAPC = "SAPC,00-DB-12-34-56-78-90-A7,2122232425262728292A2B2C2D2E2F303AC7,1091,SA-01,00010000,\n"
HOME = parse_shipment((SHIPMENT + SAPC).encode(), "library.csv")
SEEDS = range(1, 21)
LEAST = 2500
EVERY = 97
"""Over the network each seed takes one case in so many, and each case has its turn in time."""
GOOD = (Verdict.PASS, Verdict.NOT_APPLICABLE)
ON_THE_NETWORK = [
    each for each in DeviceKind if each not in (DeviceKind.CHF, DeviceKind.GPF, DeviceKind.SAPC)
]


def departures(kind: DeviceKind, seed: int, reach: Reach, cases: list[Case]) -> dict[str, str]:
    """What does not pass, with the reason."""
    tested = DeviceUnderTest(kind=kind, shipment=HOME, reach=reach, seed=seed)
    runner = Runner(BenchedHome(tested))
    judged = {each.name: runner.run(each) for each in cases}
    return {
        name: f"{each.verdict.value}: {each.field}: {each.reason}"
        for name, each in judged.items()
        if each.verdict not in GOOD
    }


def applicable(kind: DeviceKind) -> list[Case]:
    """The cases that a kind of device does not do without."""
    profile = EMULATED.get(kind, Profile())
    return [each for each in known_cases(kind).values() if not profile.excuse(each)]


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_good_devices_pass_every_case_at_their_application(seed: int) -> None:
    tried = 0
    for kind in DeviceKind:
        cases = [each for each in applicable(kind) if each.check not in NETWORK_CHECKS]
        tried += len(cases)
        assert departures(kind, seed, Reach.DEVICE, cases) == {}
    assert tried >= LEAST


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_good_devices_pass_a_sample_of_cases_over_the_network(seed: int) -> None:
    for kind in ON_THE_NETWORK:
        sample = applicable(kind)[seed * 5 % EVERY :: EVERY]
        assert departures(kind, seed, Reach.HAN, sample) == {}
    lively = ON_THE_NETWORK[seed % len(ON_THE_NETWORK)]
    network = [each for each in applicable(lively) if each.check in NETWORK_CHECKS]
    assert departures(lively, seed, Reach.HAN, network) == {}
