"""How each meeting is done: which devices are in the home, what is installed, what must follow."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from emulator.bench.campaigns.campaign import known_cases
from emulator.bench.campaigns.profile import EMULATED, Profile, names_of
from emulator.bench.cases.cases import Case
from emulator.bench.cases.checks import Check
from emulator.bench.interoperability.event import Activity, DeviceSet, Event, Meeting, Met
from emulator.bench.interoperability.exchanges import exchange_device
from emulator.bench.running.benched_home import BenchedHome, DeviceUnderTest
from emulator.bench.running.runner import Runner
from emulator.dcc.wan_coverage import CspRegion
from emulator.gbcs.use_cases.destructive import destructive
from emulator.gbcs.use_cases.record import Access
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.kernel.errors import LabError, UsageError
from emulator.kernel.identity import parse_eui64
from emulator.lab.inputs.overrides import parse_overrides
from emulator.lab.installing.commissioning import commission
from emulator.lab.installing.installation import Ask, Installation
from emulator.lab.installing.visits import ask_for_coverage, check_logs, install_home, plan
from emulator.lab.kept.result import Step, Verdict
from emulator.lab.lab import ROOMS, Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import HUB_TYPES, Shipment, ShipmentDevice
from emulator.lab.steps.unmet import StepFailed
from emulator.smart_energy.facts import PartnerKeyInstalled
from emulator.smart_energy.mirror.facts import MirrorReported

_NEEDED: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({"GPF": ("GSME",)})
"""What else must be in a home for a role to be in use."""


def hold(event: Event, meeting: Meeting) -> Met:
    """What comes of a meeting; a fault of the bench is its own and no device's."""
    steps: list[Step] = []
    try:
        detail = _HOLD[meeting.activity](event, meeting, steps)
    except StepFailed as failure:
        step = failure.step
        told = f"{step.name} ({step.clause}): {step.detail}" if step.clause else str(failure)
        return Met(meeting, Verdict.FAIL, told, len(steps))
    except _NotHere as reason:
        return Met(meeting, Verdict.NOT_APPLICABLE, str(reason))
    except LabError as fault:
        return Met(meeting, Verdict.ERROR, f"{type(fault).__name__}: {fault}", len(steps))
    return Met(meeting, Verdict.PASS, detail, len(steps))


class _NotHere(LabError):  # noqa: N818 - no error: it cannot be tried here
    """The bench cannot try this; says why."""


def _connectivity(event: Event, meeting: Meeting, steps: list[Step]) -> str:
    device = _device(meeting.second, meeting.roles[1])
    lab = _lab(event, mixed(meeting.first, device), steps)
    home = lab.home()
    commission(lab, home)
    return lab.address_of(home.joiners[0])


def _interoperability(event: Event, meeting: Meeting, steps: list[Step]) -> str:
    one, other = meeting.roles
    own = [each for each in (*_NEEDED.get(one, ()), one) if each not in (*HUB_TYPES, other)]
    rows = [_device(meeting.first, kind) for kind in own]
    lab = _lab(event, mixed(meeting.first, *rows, _device(meeting.second, other)), steps)
    work = plan(lab)
    install_home(work)
    if one == "GPF":
        return _with_proxy(work, other)
    return _share_a_key(work, one, other)


def _share_a_key(work: Installation, one: str, other: str) -> str:
    """Both devices have a key for each other, with which they read each other's clusters."""
    first, second = work.home.device(one), work.home.device(other)

    def keyed() -> bool:
        ends = ((first, second), (second, first))
        return all(
            any(
                fact.partner == there.description.eui64
                for _, fact in work.lab.trace.of(PartnerKeyInstalled, here.name)
            )
            for here, there in ends
        )

    step = work.lab.step(f"{one} and {other} share a key", "R22 4.6.3.7")
    step.until(keyed, within="40 min")
    return f"{one} and {other} share a key"


def _with_proxy(work: Installation, other: str) -> str:
    """The gas proxy has what belongs to it: reports of its meter, or the device in its log."""
    eui64 = work.home.device(other).description.eui64
    if other == "GSME":
        step = work.lab.step("the gas meter's mirror takes its reports", "GBCS 10.2.2")
        step.until(
            lambda: any(fact.meter == eui64 for _, fact in work.lab.trace.of(MirrorReported)),
            within="2 h",
        )
        return "the mirror took reports"
    read = Ask(srv="8.9", clause="GBCS CS07", target=work.gas_proxy)
    work.ask("the gas proxy's device log is read", read)
    return "in the gas proxy's log"


def _interchangeability(event: Event, meeting: Meeting, steps: list[Step]) -> str:
    kind = meeting.roles[0]
    old, new = _device(meeting.first, kind), _device(meeting.second, kind)
    others = [
        each
        for each in meeting.first.shipment.joining
        if each.type in ("ESME", "GSME") and each.type != kind
    ]
    # A supply point is registered once; the new meter takes it over with its place.
    placed = replace(new, mpxn="")
    lab = _lab(event, mixed(meeting.first, *others, old, placed), steps)
    return exchange_device(plan(lab), old.eui64, placed.eui64)


def _functionality(event: Event, meeting: Meeting, steps: list[Step]) -> str:
    """The commands of a device succeed, each on the device as it had joined."""
    kind = DeviceKind(meeting.roles[0])
    profile = EMULATED.get(kind, Profile())
    cases = [each for each in known_cases(kind).values() if _asked(event, each, profile)]
    if not cases:
        raise _NotHere(f"no chosen use case is for {kind.value}")
    tested = DeviceUnderTest(kind=kind, shipment=meeting.first.shipment, seed=event.seed)
    home = BenchedHome(tested)
    runner = Runner(home)
    for case in cases:
        judged = runner.run(case)
        now = home.lab.scheduler.now
        name = case.name.removesuffix("/success")
        step = Step(name, case.clause, judged.verdict, now, now, judged.reason)
        steps.append(step)
        if judged.verdict in (Verdict.FAIL, Verdict.INCONCLUSIVE):
            raise StepFailed(step)
    return f"{len(cases)} use cases"


def _asked(event: Event, case: Case, profile: Profile) -> bool:
    if case.check is not Check.SUCCESS or profile.excuse(case):
        return False
    named = names_of(case.use_case)
    if event.use_cases:
        return any(each in event.use_cases for each in named)
    return case.use_case.access is Access.READ and not destructive(case.use_case)


def _hub_variants(event: Event, meeting: Meeting, steps: list[Step]) -> str:
    """A whole set is installed through the DCC with a hub of this kind, in a region of its own."""
    variant = meeting.variant
    if variant is None or variant.lacking:
        raise _NotHere("no variant" if variant is None else variant.lacking)
    lab = _lab(event, meeting.first.shipment, steps, variant.settings)
    work = plan(lab)
    _tell_region(work, variant.wan)
    install_home(work)
    check_logs(work)
    joined = sum(device.joined for device in work.home.joiners)
    return f"{joined} devices joined"


def _tell_region(work: Installation, region: CspRegion) -> None:
    """The DCC says in which region the property is (SRV 12.1); nothing else of it is modelled."""
    ask_for_coverage(work, promised=True, covered=True, region=region)


def _lab(
    event: Event, shipment: Shipment, steps: list[Step], settings: tuple[str, ...] = ()
) -> Lab:
    asked = (*(each for each in event.settings if _concerns(each, shipment)), *settings)
    overrides = parse_overrides(asked, ROOMS, shipment)
    lab = Lab(shipment, LabOptions(seed=event.seed, overrides=overrides, name="event"))
    lab.steps = steps
    return lab


def _concerns(setting: str, shipment: Shipment) -> bool:
    """Whether a setting is about a device that is there, or about no device at all."""
    try:
        eui64 = parse_eui64(setting.partition(".")[0])
    except UsageError:
        return True
    return eui64 in {each.eui64 for each in shipment.devices}


def mixed(hub_of: DeviceSet, *devices: ShipmentDevice) -> Shipment:
    """The hub of one set, and devices of any."""
    hub = tuple(each for each in hub_of.shipment.devices if each.type in HUB_TYPES)
    return Shipment((*hub, *devices), path=hub_of.shipment.path)


def _device(devices: DeviceSet, kind: str) -> ShipmentDevice:
    found = devices.device(kind)
    if found is None:
        raise _NotHere(f"{devices.name} has no {kind}")
    return found


_HOLD: Final[Mapping[Activity, Callable[[Event, Meeting, list[Step]], str]]] = MappingProxyType(
    {
        Activity.CONNECTIVITY: _connectivity,
        Activity.INTEROPERABILITY: _interoperability,
        Activity.INTERCHANGEABILITY: _interchangeability,
        Activity.FUNCTIONALITY: _functionality,
        Activity.HUB_VARIANTS: _hub_variants,
    }
)
