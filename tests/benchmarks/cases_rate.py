"""Cases of the test bench in a second of one core: judged, told and written, in virtual time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from time import process_time
from typing import Final

from emulator.bench.campaigns.campaign import Campaign, CampaignDevice, Planned
from emulator.bench.campaigns.profile import EMULATED, Profile
from emulator.bench.campaigns.results import line_of
from emulator.bench.campaigns.slices import run_slice
from emulator.bench.running.benched_home import Reach
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.kernel.collector import search_seldom
from emulator.testing.scenes.bench_scene import bench_shipment
from tests.benchmarks.figures import Figure

ROUNDS: Final = 3


@dataclass(frozen=True, slots=True)
class _Sort:
    """What is measured.

    Args:
        kind: of device.
        reach: how messages get to it.
        step: every how many-th case of the library is run.
        target: cases a second.
        note: what the reader of the figure has to know.
    """

    kind: DeviceKind
    reach: Reach
    step: int
    target: float
    note: str = ""


_SORTS: Final = (
    _Sort(DeviceKind.ESME, Reach.DEVICE, 1, 100),
    _Sort(DeviceKind.GSME, Reach.DEVICE, 1, 100),
    _Sort(DeviceKind.ESME, Reach.HAN, 2, 100),
    _Sort(
        DeviceKind.GSME,
        Reach.HAN,
        2,
        100,
        "; a case is three times the transmissions of one of an ESME, 170 to 55: a report "
        "to the mirror, 40 polls, and a minute and more of the network",
    ),
)


def measure() -> Iterator[Figure]:
    """Cases a second for meters, at their application and over the HAN; set-up included.

    Cycles are searched as seldom as under `hanlab bench run`.
    """
    search_seldom()
    for sort in _SORTS:
        campaign = _campaign(sort)
        chosen = list(campaign.planned())[:: sort.step]
        rates = [_rate(campaign, chosen) for _ in range(ROUNDS)]
        yield Figure(
            name=f"test bench: {sort.kind.value} by reach {sort.reach.value}",
            figure=round(median(rates), 1),
            unit="cases/s",
            target=sort.target,
            better="higher",
            detail=f"{len(chosen)} cases, median of {ROUNDS}; "
            f"{min(rates):.0f} to {max(rates):.0f}{sort.note}",
        )


def _campaign(sort: _Sort) -> Campaign:
    profile = EMULATED.get(sort.kind, Profile())
    device = CampaignDevice(name="meter", kind=sort.kind, profile=profile)
    return Campaign(
        name="rate",
        source="rate.toml",
        shipment=bench_shipment(),
        devices=(device,),
        reach=sort.reach,
    )


def _rate(campaign: Campaign, chosen: Sequence[Planned]) -> float:
    """Cases that were really run, in a second of processor time."""
    start = process_time()
    written = [line_of(each) for each in run_slice(campaign, chosen)]
    run = sum('"profile"' not in line for line in written)
    return run / (process_time() - start)
