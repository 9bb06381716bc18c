"""What came of an RF noise test: margins, desense, reach, homes, and one verdict."""

from collections.abc import Sequence
from dataclasses import dataclass

from emulator.lab.kept.result import Verdict
from emulator.rf_noise.bands import ANNEX_F, Network
from emulator.rf_noise.desense.channels import ChannelDesense, desense, worst
from emulator.rf_noise.desense.receivers import receivers
from emulator.rf_noise.homes.dwellings import SOURCE
from emulator.rf_noise.homes.population import Population, population
from emulator.rf_noise.homes.reach import Reach, reach
from emulator.rf_noise.inputs import CheckInputs
from emulator.rf_noise.limits.margins import BandMargin, margins, overall

NO_LIMITS = "no limits file: nothing to judge by; the numbers of ICHIS are not public"
_DWELLINGS = "dwellings"


@dataclass(frozen=True, slots=True, kw_only=True)
class BandSummary:
    """A band of Annex F in one row.

    Args:
        band: its name.
        clause: of Annex F.
        network: who receives there.
        margin: against the limits; None without limits for the band.
        worst: the receiver that loses most; None when no channel was measured whole.
        measured: how many channels were.
        median: loss of the middle one, dB.
    """

    band: str
    clause: str
    network: Network
    margin: BandMargin | None
    worst: ChannelDesense | None
    measured: int
    median: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Everything the reports say.

    Args:
        inputs: of the check.
        verdict: against the limits.
        reasons: of the verdict, gravest first.
        warnings: what must be said wherever the verdict is shown.
        bands: those of Annex F.
        channels: every receiver that was measured.
        reaches: of the worst channel of each band of the HAN.
        homes: the population; None when no receiver was measured.
        unverified: settings that no source proves.
    """

    inputs: CheckInputs
    verdict: Verdict
    reasons: tuple[str, ...]
    warnings: tuple[str, ...]
    bands: tuple[BandSummary, ...]
    channels: tuple[ChannelDesense, ...]
    reaches: tuple[Reach, ...]
    homes: Population | None
    unverified: tuple[str, ...]


def examine(inputs: CheckInputs) -> Findings:
    """What comes of the traces."""
    settings = inputs.settings
    found = desense(inputs.traces, receivers(settings.hub), inputs.gate, settings)
    judged = () if inputs.limits is None else margins(inputs.traces, inputs.limits)
    bands = tuple(_summary(judged, found))
    reaches = tuple(
        reach(band.worst, inputs.gate, settings.link)
        for band in bands
        if band.network is Network.HAN and band.worst is not None
    )
    homes = None
    if found:
        homes = population(found, inputs.setup.dut, inputs.gate, settings, inputs.seed)
    verdict, reasons = _verdict(inputs, judged)
    return Findings(
        inputs=inputs,
        verdict=verdict,
        reasons=reasons,
        warnings=_warnings(inputs),
        bands=bands,
        channels=found,
        reaches=reaches,
        homes=homes,
        unverified=(*settings.unverified(), f"{_DWELLINGS} ({SOURCE})"),
    )


def _summary(judged: Sequence[BandMargin], found: Sequence[ChannelDesense]) -> "list[BandSummary]":
    summaries = []
    for band in ANNEX_F:
        losses = sorted(each.loss for each in found if each.receiver.band == band.name)
        summaries.append(
            BandSummary(
                band=band.name,
                clause=band.clause,
                network=band.network,
                margin=next((each for each in judged if each.band == band.name), None),
                worst=worst(found, band.name, band.network),
                measured=len(losses),
                median=losses[len(losses) // 2] if losses else None,
            )
        )
    return summaries


def _verdict(inputs: CheckInputs, judged: Sequence[BandMargin]) -> tuple[Verdict, tuple[str, ...]]:
    if inputs.limits is None:
        return Verdict.INCONCLUSIVE, (NO_LIMITS,)
    verdict = overall(judged)
    grave = [each for each in judged if each.verdict is verdict]
    return verdict, tuple(f"{each.band}: {each.reason}" for each in grave)


def _warnings(inputs: CheckInputs) -> tuple[str, ...]:
    told = [] if inputs.limits is None else list(inputs.limits.notices)
    for trace in inputs.traces:
        told += [f"{trace.label}: {doubt}" for doubt in trace.doubts]
    return tuple(told)
