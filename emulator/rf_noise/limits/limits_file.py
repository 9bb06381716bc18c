"""Limits files in TOML: every mistake at once, with file, row and rule."""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from emulator.kernel.errors import UsageError
from emulator.kernel.toml_text import parse_toml
from emulator.rf_noise.bands import ANNEX_F
from emulator.rf_noise.device_under_test import Chas
from emulator.rf_noise.limits.limits import BandLimit, DecisionRule, Limits, Scale
from emulator.rf_noise.limits.mask_checks import check_mask, check_neighbours
from emulator.rf_noise.limits.toml_rows import TomlRows
from emulator.rf_noise.mistakes import Mistakes
from emulator.rf_noise.octets import read_octets
from emulator.rf_noise.traces import spellings
from emulator.rf_noise.traces.trace import Detector
from emulator.rf_noise.traces.units import LEVEL_UNITS, LevelUnit, level_unit

SCHEMA: Final = 1
_TOP: Final[Mapping[str, Any]] = {
    "schema": int,
    "id": str,
    "ichis_version": str,
    "source_url": str,
    "sha256_of_source": str,
    "verified": bool,
    "fictitious": bool,
    "decision_rule": str,
    "guard_band_db": (int, float),
    "measurement_uncertainty_db": (int, float),
    "band": list,
    "chas": list,
}
_TOP_MUST: Final = (
    "schema",
    "id",
    "ichis_version",
    "decision_rule",
    "measurement_uncertainty_db",
    "band",
)
_BAND: Final[Mapping[str, Any]] = {
    "name": str,
    "from_hz": (int, float),
    "to_hz": (int, float),
    "unit": str,
    "scale": str,
    "rbw_hz": (int, float),
    "vbw_hz": (int, float),
    "detector": str,
    "port": str,
    "mask": list,
}
_BAND_MUST: Final = ("name", "from_hz", "to_hz", "unit", "rbw_hz", "detector", "mask")
_CHAS: Final[Mapping[str, Any]] = {"id": str, "listed": bool, "title": str}
_PORTS: Final = ("chas", "radiated")
_SHA256: Final = re.compile("[0-9a-f]{64}")


def read_limits(path: Path) -> Limits:
    """The limits in a file.

    Raises:
        UsageError: with every mistake of the file.
    """
    return parse_limits(str(path), read_octets(path))


def parse_limits(source: str, octets: bytes) -> Limits:
    """The limits in the octets of a file.

    Raises:
        UsageError: with every mistake.
    """
    try:
        text = octets.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise UsageError(f"{source}: no UTF-8 text") from fault
    document = parse_toml(text, source)
    mistakes = Mistakes(source)
    rows = TomlRows(text, mistakes)
    top = rows.checked(document, _TOP, _TOP_MUST, 1)
    _check_top(top, rows)
    placed = _bands(top.get("band", []), rows)
    check_neighbours(placed, rows)
    known = tuple(_chas(top.get("chas", []), rows))
    mistakes.check()
    uncertainty = float(top["measurement_uncertainty_db"])
    return Limits(
        path=source,
        sha256=hashlib.sha256(octets).hexdigest(),
        identity=top["id"],
        ichis_version=top["ichis_version"],
        source_url=top.get("source_url", ""),
        source_sha256=top.get("sha256_of_source", ""),
        verified=top.get("verified", False),
        fictitious=top.get("fictitious", False),
        rule=DecisionRule(top["decision_rule"]),
        guard_band=float(top.get("guard_band_db", uncertainty)),
        uncertainty=uncertainty,
        bands=tuple(band for _, band in placed),
        chas=known,
    )


def _check_top(top: Mapping[str, Any], rows: TomlRows) -> None:
    if top.get("schema", SCHEMA) != SCHEMA:
        rows.refuse("schema", f"schema = {top['schema']}: expected {SCHEMA}")
    rules = [rule.value for rule in DecisionRule]
    if top.get("decision_rule", rules[0]) not in rules:
        told = f"decision_rule = {top['decision_rule']!r}: expected {' or '.join(rules)}"
        rows.refuse("decision_rule", told)
    for name in ("guard_band_db", "measurement_uncertainty_db"):
        if not 0 <= top.get(name, 0) <= 30:
            rows.refuse(name, f"{name} = {top[name]}: expected 0 to 30 dB")
    digest = top.get("sha256_of_source", "")
    if digest and _SHA256.fullmatch(digest) is None:
        rows.refuse("sha256_of_source", "sha256_of_source: expected 64 lower-case hex digits")
    if top.get("verified") and not (digest and top.get("source_url")):
        told = (
            "verified without source_url and sha256_of_source: expected what it was compared with"
        )
        rows.refuse("verified", told)
    if "band" in top and not top["band"]:
        rows.refuse("band", "no band: expected [[band]]")


def _bands(found: list[Any], rows: TomlRows) -> list[tuple[int, BandLimit]]:
    """Every good band with the row of its header."""
    made = []
    for index, each in enumerate(found):
        row = rows.block("band", index)
        band = rows.checked(each, _BAND, _BAND_MUST, row)
        limit = _band(band, rows, row)
        if limit is not None:
            made.append((row, limit))
    return made


def _band(band: Mapping[str, Any], rows: TomlRows, row: int) -> BandLimit | None:
    before = len(rows.mistakes.problems)
    names = [each.name for each in ANNEX_F]
    _one_of(band, "name", names, rows, row)
    _one_of(band, "scale", [each.value for each in Scale], rows, row)
    _one_of(band, "port", _PORTS, rows, row)
    unit = level_unit(band.get("unit", ""))
    detector = spellings.detector(band.get("detector", ""))
    if "unit" in band and unit is None:
        rows.refuse("unit", f"unit {band['unit']!r}: expected {LEVEL_UNITS}", row)
    if "detector" in band and detector is None:
        told = f"detector {band['detector']!r}: expected {spellings.DETECTORS}"
        rows.refuse("detector", told, row)
    for name in ("rbw_hz", "vbw_hz"):
        if not 0 < band.get(name, 1) < 1e9:
            rows.refuse(name, f"{name} = {band[name]}: expected a bandwidth", row)
    points = check_mask(band, rows, row)
    if len(rows.mistakes.problems) > before or unit is None or detector is None:
        return None
    return _made(band, points, unit, detector)


def _made(
    band: Mapping[str, Any],
    points: tuple[tuple[float, float], ...],
    unit: LevelUnit,
    detector: Detector,
) -> BandLimit | None:
    if any(name not in band for name in _BAND_MUST):
        return None
    return BandLimit(
        name=band["name"],
        edges=(float(band["from_hz"]), float(band["to_hz"])),
        points=points,
        unit=unit,
        scale=Scale(band.get("scale", Scale.LINEAR.value)),
        rbw=float(band["rbw_hz"]),
        vbw=float(band["vbw_hz"]) if "vbw_hz" in band else None,
        detector=detector,
        through_chas=band.get("port", _PORTS[0]) == _PORTS[0],
    )


def _one_of(
    band: Mapping[str, Any], name: str, known: list[str] | tuple[str, ...], rows: TomlRows, row: int
) -> None:
    if name in band and band[name] not in known:
        rows.refuse(name, f"{name} = {band[name]!r}: expected one of {', '.join(known)}", row)


def _chas(found: list[Any], rows: TomlRows) -> list[Chas]:
    made: list[Chas] = []
    for index, each in enumerate(found):
        row = rows.block("chas", index)
        chas = rows.checked(each, _CHAS, ("id",), row)
        identity = chas.get("id", "")
        if identity in [other.identity for other in made]:
            rows.refuse("id", f"two CHAS are called {identity!r}", row)
        made.append(Chas(identity, chas.get("listed", True), chas.get("title", "")))
    return made
