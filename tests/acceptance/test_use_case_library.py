"""The library of cases against devices that are as they should be: nothing fails."""

import pytest

from devices.faulty.refitting import refitted
from emulator.bench.campaigns.campaign import known_cases
from emulator.bench.campaigns.profile import EMULATED, Profile
from emulator.bench.cases.cases import Case
from emulator.bench.cases.nature_cases import NETWORK_CHECKS
from emulator.bench.running.benched_home import BenchedHome, DeviceUnderTest, Reach
from emulator.bench.running.defects import Defect
from emulator.bench.running.runner import Runner
from emulator.cosem.server.members import MeterVariant
from emulator.equipment.request import RemoteParties
from emulator.gbcs.payload import PayloadKind
from emulator.gbcs_device.cosem.device_objects import MeterMake, electricity_meter
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.gbcs_device.execution import Executor
from emulator.gbcs_device.gbz.executor import GbzExecutor
from emulator.gbcs_device.gbz.state.as_shipped import GSME
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.gbcs_device.remote_party_machine import RemotePartyMachine
from emulator.lab.kept.result import Verdict
from emulator.lab.shipments.shipment import parse_shipment
from emulator.smart_energy.device import Applications
from emulator.testing.scenes.bench_scene import SHIPMENT

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


def departures(
    kind: DeviceKind, seed: int, reach: Reach, cases: list[Case], other: Defect | None = None
) -> dict[str, str]:
    """What does not pass, with the reason; `other` makes another device of its kind."""
    tested = DeviceUnderTest(kind=kind, shipment=HOME, reach=reach, seed=seed, defect=other)
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


def twin_element(_: RemoteParties, good: Applications) -> Applications:
    """An electricity meter with two elements."""
    return _meter(good, MeterVariant.TWIN_ELEMENT)


def polyphase(_: RemoteParties, good: Applications) -> Applications:
    """An electricity meter for three phases."""
    return _meter(good, MeterVariant.POLYPHASE)


def _meter(good: Applications, variant: MeterVariant) -> Applications:
    def refit(machine: RemotePartyMachine, _: Executor) -> Executor:
        make = MeterMake(variant=variant)
        return electricity_meter(machine.identity.eui64, machine.clock, make)

    return refitted(good, refit, PayloadKind.DLMS)


def fed_proxy(_: RemoteParties, good: Applications) -> Applications:
    """A gas proxy that holds what a gas meter has."""
    return refitted(
        good, lambda _machine, _executor: GbzExecutor(MeterStore(GSME)), PayloadKind.GBZ
    )


OTHERS = [
    (DeviceKind.ESME, twin_element, {"ECS01c", "ECS01d", "ECS24b"}),
    (DeviceKind.ESME, polyphase, {"ECS23b", "ECS26k", "ECS29b", "ECS29d", "ECS29f"}),
    (DeviceKind.GPF, fed_proxy, {"GCS21b", "GCS21j", "GCS33", "GCS38", "GCS46"}),
]
"""Devices that can do what the emulated ones do without as they leave the factory."""


@pytest.mark.parametrize(("kind", "other", "use_cases"), OTHERS, ids=["twin", "polyphase", "proxy"])
def test_what_one_good_device_does_without_another_can(
    kind: DeviceKind, other: Defect, use_cases: set[str]
) -> None:
    excused = [each for each in known_cases(kind).values() if EMULATED[kind].excuse(each)]
    cases = [each for each in excused if each.use_case.name in use_cases]

    assert cases
    assert departures(kind, 1, Reach.DEVICE, cases, other) == {}


def test_there_is_no_excuse_but_those_that_another_device_does_not_need() -> None:
    excused = {name for profile in EMULATED.values() for name in profile.without}

    assert excused == set().union(*(use_cases for _, _, use_cases in OTHERS))


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
