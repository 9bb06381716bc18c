"""At which lines a bridge stops carrying a HAN: one home tried over each of them.

A trial is a home of its own in a world of its own. What is tried does not depend on what failed
before, as far as it can: a display that did not join keeps no gas meter from it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from emulator.alt_han.bridge.settings import Transparency
from emulator.kernel.units import Duration, milliseconds, seconds
from emulator.lab.home.home import has_agreed_key
from emulator.lab.inputs.overrides import Overrides
from emulator.lab.installing.bridged_home import Fitting, fit_bridge, power_bridge, split_router
from emulator.lab.installing.installation import Installation
from emulator.lab.installing.visits import fit_hub, install_electricity, plan
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.dwelling_shipment import dwelling_shipment
from emulator.lab.shipments.shipment import BRIDGE
from emulator.lab.steps.unmet import StepFailed

if TYPE_CHECKING:
    from emulator.smart_energy.device import SmartEnergyDevice

Line = Mapping[str, Duration | float | int]
"""Settings of a backhaul that differ from the usual."""

BEHAVIOURS: Final = (
    "a display joins",
    "a display agrees its key",
    "a sleeping gas meter joins",
    "a gas meter agrees its key",
    "a gas meter is commissioned through its tunnel",
)
"""What is tried over a line."""
LADDERS: Final[Mapping[str, tuple[tuple[str, Line], ...]]] = MappingProxyType(
    {
        "latency, one way": tuple(
            (f"{each} ms", {"latency": milliseconds(each), "jitter": Duration(0)})
            for each in (1, 8, 20, 200, 400, 1000)
        ),
        "loss": tuple((f"{each:.0%}", {"loss": each}) for each in (0.01, 0.1, 0.4)),
        "throughput": tuple(
            (f"{each / 1000:g} kbit/s", {"throughput": each})
            for each in (1_000_000, 50_000, 10_000, 1_000)
        ),
        "MTU, 2 % of pieces lost": tuple(
            (f"{each} octets", {"mtu": each, "loss": 0.02}) for each in (256, 32, 8)
        ),
        "outages, one a minute": tuple(
            (
                f"{each} s",
                {"outage_every": seconds(60), "outage_length": seconds(each)},
            )
            for each in (1, 15, 60)
        ),
    }
)
"""What is made worse, step by step; words and settings."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What one line carried.

    Args:
        transparency: of the bridge.
        ladder: what was made worse.
        rung: how much, in words.
        carried: for each of `BEHAVIOURS`, whether it worked.
    """

    transparency: Transparency
    ladder: str
    rung: str
    carried: tuple[bool, ...]


def try_line(transparency: Transparency, ladder: str, rung: int, seed: int) -> Trial:
    """A home over one line.

    Args:
        transparency: of the bridge.
        ladder: a key of `LADDERS`.
        rung: which of its lines.
        seed: of the home.
    """
    words, line = LADDERS[ladder][rung]
    return Trial(transparency, ladder, words, carried_over(transparency, line, seed))


def carried_over(transparency: Transparency, line: Line, seed: int) -> tuple[bool, ...]:
    """For each of `BEHAVIOURS`, whether it works over a line."""
    rooms = {("backhaul", name): value for name, value in line.items()}
    router = transparency is Transparency.ROUTER
    kinds = ("ESME", "GSME", "IHD", *((BRIDGE,) if router else ()))
    overrides = Overrides(rooms=rooms)
    lab = Lab(dwelling_shipment(0, kinds), LabOptions(seed=seed, overrides=overrides, name="limit"))
    work = plan(lab)
    meter, display = work.home.device("GSME"), work.home.device("IHD")
    try:
        _bring_up(work, transparency)
    except StepFailed:
        return (False,) * len(BEHAVIOURS)
    _attempt(lambda: work.install(display, "15 min"))
    _attempt(lambda: work.install(meter, "15 min"))
    commissioned = has_agreed_key(meter) and _attempt(lambda: work.commission(meter))
    return (
        display.joined,
        has_agreed_key(display),
        meter.joined,
        has_agreed_key(meter),
        commissioned,
    )


def _bring_up(work: Installation, transparency: Transparency) -> None:
    """Hub, electricity meter and bridge, and the DCC that knows of the devices."""
    lab, home = work.lab, work.home
    router: SmartEnergyDevice | None = None
    bridge = None
    if transparency is Transparency.ROUTER:
        router = split_router(lab, home)
    else:
        bridge = fit_bridge(lab, home, Fitting(transparency=transparency))
    work.pre_notify_hub()
    work.pre_notify(*(each for each in home.joiners if each is not router))
    fit_hub(work)
    install_electricity(work, home.device("ESME"))
    if bridge is not None:
        power_bridge(lab, home, bridge)
    if router is not None:
        home.register(router)
        home.permit_join(254)
        router.power_on()
        lab.step("the bridge joins", "ZSE 1.4 5.4").until(
            lambda: has_agreed_key(router), within="15 min"
        )


def _attempt(action: Callable[[], None]) -> bool:
    """Whether a step that may fail did not."""
    try:
        action()
    except StepFailed:
        return False
    return True


def limits(trials: tuple[Trial, ...]) -> dict[tuple[Transparency, str, str], str]:
    """By transparency, ladder and behaviour: the last rung up to which all carried; or "none"."""
    found: dict[tuple[Transparency, str, str], str] = {}
    broken: set[tuple[Transparency, str, str]] = set()
    for trial in trials:
        for behaviour, worked in zip(BEHAVIOURS, trial.carried, strict=True):
            key = trial.transparency, trial.ladder, behaviour
            found.setdefault(key, "none")
            if not worked:
                broken.add(key)
            elif key not in broken:
                found[key] = trial.rung
    return found
