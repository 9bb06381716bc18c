"""`[[interferer]]` tables of a plan: what else is on the air of a building."""

from collections.abc import Callable, Mapping
from typing import Final

from emulator.kernel.errors import UsageError
from emulator.kernel.units import Duration, Instant, parse_duration
from emulator.radio.interference.activity import Activity, AtTimes, OnOff, Pulses, Steady
from emulator.radio.interference.sources import Source
from emulator.radio.interference.spectra import (
    DsssSpectrum,
    FlatSpectrum,
    LineSpectrum,
    Spectrum,
    gfsk,
    ofdm,
    oqpsk,
)
from emulator.radio.interference.spectrum_file import read_spectrum
from emulator.radio.located_toml import LocatedToml, Table
from emulator.radio.phy.pages import PHYS
from emulator.radio.propagation.floor_plan import Storey
from emulator.radio.propagation.plan_file import place_of
from emulator.radio.receiver import decibels

TABLE: Final = "interferer"
_COMMON: Final = (
    "name", "kind", "storey", "at", "height", "gain", "receivers", "power", "times", "burst", "busy"
)  # fmt: skip
_WIFI_LIMIT: Final = 20.0
"""dBm EIRP: 100 mW in the 2.4 GHz band (ETSI EN 300 328)."""
_WIFI_BURST: Final = (Duration(200), Duration(2_000))
_HAN_BURST: Final = (Duration(600), Duration(4_256))
_MAINS: Final = "10 ms"
"""Half a period of 50 Hz."""

_Made = tuple[Spectrum, Activity, float]
"""Where, when, and the power in dBm that counts when the table gives none."""


def parse_sources(document: LocatedToml, storeys: Mapping[str, Storey]) -> tuple[Source, ...]:
    """The sources of a document; their mistakes are added to those of the document."""
    found: dict[str, Source] = {}
    for table in document.tables(TABLE):
        source = _source(table, storeys)
        if source.name in found:
            table.refuse("name", f"name = {source.name!r}: there is an interferer of that name")
        found[source.name] = source
    return tuple(found.values())


def _source(table: Table, storeys: Mapping[str, Storey]) -> Source:
    name = table.text("name")
    kind = table.choice("kind", tuple(_KINDS))
    make, keys = _KINDS.get(kind, _KINDS["wideband"])
    if kind:
        table.only(*_COMMON, *keys)
    spectrum, activity, usual = make(table)
    measured = "receivers" in table.values
    return Source(
        name=name,
        power=table.number_of("power", -200, 60, usual),
        spectrum=spectrum,
        activity=_at_times(table, activity),
        place=None if measured else place_of(table, name, storeys),
        receivers=_receivers(table) if measured else (),
    )


def _wifi(table: Table) -> _Made:
    channel = table.whole("channel", 1, 13)
    width = table.choice("width", ("20", "40"), "20")
    standard = table.choice("standard", ("ofdm", "dsss"), "ofdm")
    centre = 2_412e6 + 5e6 * (channel - 1)
    if width == "40":
        # The secondary channel lies above the primary one.
        return ofdm(centre + 10e6, 40e6), _chance(table, 0.2, _WIFI_BURST), _WIFI_LIMIT
    spectrum: Spectrum = ofdm(centre) if standard == "ofdm" else DsssSpectrum(centre)
    return spectrum, _chance(table, 0.2, _WIFI_BURST), _WIFI_LIMIT


def _han(table: Table) -> _Made:
    page = table.whole("page", 0, 31, 0)
    phy = PHYS.get(page)
    if phy is None:
        table.refuse("page", f"page = {page}: expected one of {', '.join(map(str, PHYS))}")
        phy = PHYS[0]
    number = table.whole("channel", 0, 62)
    if number not in phy.numbers and "channel" in table.values:
        there = f"{phy.numbers[0]} to {phy.numbers[-1]}"
        table.refuse("channel", f"channel = {number}: page {page} has {there}")
    centre = phy.first_frequency + (number - phy.first_number) * phy.spacing
    spectrum = gfsk(centre) if page else oqpsk(centre)
    return spectrum, _chance(table, 0.01, _HAN_BURST), 14.0 if page else 0.0


def _wideband(table: Table) -> _Made:
    return _flat(table), _steady_or_chance(table), -30.0


def _narrowband(table: Table) -> _Made:
    centre = table.number_of("frequency_mhz", 1, 10_000) * 1e6
    width = table.number_of("bandwidth_khz", 0, 100_000, 0) * 1e3
    spectrum: Spectrum = LineSpectrum(centre)
    if width:
        spectrum = FlatSpectrum(centre - width / 2, centre + width / 2)
    return spectrum, _steady_or_chance(table), -30.0


def _impulsive(table: Table) -> _Made:
    period = _duration(table, "period", _MAINS)
    return _flat(table), Pulses(period, table.number_of("duty", 0, 1, 0.1)), -30.0


def _spectrum(table: Table) -> _Made:
    resolution = table.number_of("rbw_khz", 0.001, 100_000) * 1e3
    ratio = table.number_of("noise_ratio", 0.5, 2, 1.0)
    path = table.document.path.parent / (table.text("file") or "none")
    try:
        measured = read_spectrum(path, resolution, ratio)
    except UsageError as refusal:
        if "file" in table.values:
            for problem in refusal.problems:
                table.refuse("file", problem)
        return FlatSpectrum(1, 2), Steady(), 0.0
    return measured, _steady_or_chance(table), decibels(measured.power)


_KINDS: Final[Mapping[str, tuple[Callable[[Table], _Made], tuple[str, ...]]]] = {
    "wifi": (_wifi, ("channel", "width", "standard")),
    "han": (_han, ("page", "channel")),
    "wideband": (_wideband, ("from_mhz", "to_mhz")),
    "narrowband": (_narrowband, ("frequency_mhz", "bandwidth_khz")),
    "impulsive": (_impulsive, ("from_mhz", "to_mhz", "period", "duty")),
    "spectrum": (_spectrum, ("file", "rbw_khz", "noise_ratio")),
}


def _flat(table: Table) -> FlatSpectrum:
    low = table.number_of("from_mhz", 0.001, 10_000)
    high = table.number_of("to_mhz", 0.001, 10_000)
    if low >= high:
        if "from_mhz" in table.values and "to_mhz" in table.values:
            table.refuse("to_mhz", f"to_mhz = {high:g}: expected more than from_mhz = {low:g}")
        high = low + 1
    return FlatSpectrum(low * 1e6, high * 1e6)


def _steady_or_chance(table: Table) -> Activity:
    return _chance(table, 1.0, _WIFI_BURST) if "busy" in table.values else Steady()


def _chance(table: Table, usual: float, usual_burst: tuple[Duration, Duration]) -> Activity:
    busy = table.number_of("busy", 0, 1, usual)
    shortest, longest = usual_burst
    if "burst" in table.values:
        bounds = table.values["burst"]
        if not isinstance(bounds, list) or len(bounds) != 2:
            table.refuse("burst", f'burst = {bounds!r}: expected ["200 us", "2 ms"]')
        else:
            shortest, longest = (_as_duration(table, "burst", each) for each in bounds)
            if not 0 < shortest <= longest:
                table.refuse(
                    "burst", f"burst = {bounds!r}: expected the shortest, then the longest"
                )
    return OnOff(busy, shortest, longest)


def _at_times(table: Table, activity: Activity) -> Activity:
    if "times" not in table.values:
        return activity
    found = table.values["times"]
    times: list[tuple[Instant, Instant]] = []
    for each in found if isinstance(found, list) and found else [None]:
        if not isinstance(each, list) or len(each) != 2:
            table.refuse("times", f'times: {each!r}: expected [["10 min", "20 min"], ...]')
            continue
        first, last = (Instant(_as_duration(table, "times", end)) for end in each)
        if first >= last or (times and first < times[-1][1]):
            table.refuse("times", f"times: {each!r}: expected times in order and apart")
        times.append((first, last))
    return AtTimes(activity, tuple(times))


def _duration(table: Table, key: str, usual: str) -> Duration:
    duration = _as_duration(table, key, table.values.get(key, usual))
    if duration <= 0:
        table.refuse(key, f"{key} = {table.values.get(key)!r}: expected a time above 0")
        return parse_duration(usual)
    return duration


def _as_duration(table: Table, key: str, value: object) -> Duration:
    try:
        return parse_duration(value if isinstance(value, str) else repr(value))
    except UsageError as refusal:
        table.refuse(key, f"{key}: {refusal}")
        return Duration(1)


def _receivers(table: Table) -> tuple[str, ...]:
    found = table.values["receivers"]
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        table.refuse("receivers", f'receivers = {found!r}: expected names, ["CHF"]')
        return ()
    return tuple(found)
