"""Shipment files: the devices of a HAN, with the install codes that are printed on them.

The file is what the trust centre is told. What a device really holds is the same unless a run says
otherwise (`emulator.lab.inputs.overrides`).
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

from emulator.crypto.install_code import InstallCode
from emulator.kernel.errors import UsageError
from emulator.kernel.extensions import names
from emulator.kernel.identity import Eui64, format_eui64, parse_eui64
from emulator.lab.shipments.mpxn import mpan_doubt, mprn_doubt
from emulator.lab.shipments.shipment_table import Findings, Row, read_octets, read_rows

BRIDGE: Final = "BRIDGE"
"""An Alt HAN bridge that joins as a router; others join nothing and stand in no shipment."""
HUB_TYPES: Final = ("CHF", "GPF")
"""The two logical devices of a comms hub: one radio, and no install code of its own."""


@dataclass(frozen=True, slots=True)
class DeviceType:
    """What a shipment line of one type must say.

    Args:
        joins: whether it joins the HAN, and so needs an install code.
        meter_point: which supply point it measures, None when it is no meter.
    """

    joins: bool = True
    meter_point: Literal["MPAN", "MPRN"] | None = None


DEVICE_TYPES: Final[Mapping[str, DeviceType]] = {
    "CHF": DeviceType(joins=False),
    "GPF": DeviceType(joins=False),
    "ESME": DeviceType(meter_point="MPAN"),
    "GSME": DeviceType(meter_point="MPRN"),
    "PPMID": DeviceType(),
    "HCALCS": DeviceType(),
    "SAPC": DeviceType(),
    "IHD": DeviceType(),
    "CAD": DeviceType(),
    BRIDGE: DeviceType(),
}

BENCH_EUI64S: Final = range(0x02_48_41_4E_00_00_00_01, 0x02_48_41_4F_00_00_00_00)
"""Where the bench takes EUI-64s for a hub of its own: `02-48-41-4E-00-00-00-01` and on.

The first octet says "locally administered", so no manufacturer can have given one to a device; the
next three spell HAN.
"""
_NO_DEVICE: Final = (0, 0xFFFF_FFFF_FFFF_FFFF)
"""EUI-64s that no device has: IEEE 802.15.4 uses the last for "not known"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShipmentDevice:
    """One device; `line` is where the file has it, None when the bench supplies it."""

    type: str
    eui64: Eui64
    install_code: InstallCode | None
    manufacturer: str = ""
    model: str = ""
    firmware: str = ""
    mpxn: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Shipment:
    """The devices of a HAN; always with one CHF and one GPF.

    Args:
        devices: in the order of the file, what the bench supplies last.
        warnings: what a person should look at, one line each.
        path: the file as the user named it, empty when there is none.
        sha256: digest of the file, empty when there is none.
    """

    devices: tuple[ShipmentDevice, ...]
    warnings: tuple[str, ...] = ()
    path: str = ""
    sha256: str = ""

    @property
    def hub(self) -> ShipmentDevice:
        """The comms hub function."""
        return next(device for device in self.devices if device.type == "CHF")

    def with_hub(self, eui64: Eui64) -> "Shipment":
        """The same devices behind a hub of another EUI-64."""
        devices = (
            replace(each, eui64=eui64) if each.type == "CHF" else each for each in self.devices
        )
        return replace(self, devices=tuple(devices))

    @property
    def gas_proxy(self) -> ShipmentDevice:
        """The gas proxy function of the same hub."""
        return next(device for device in self.devices if device.type == "GPF")

    @property
    def joining(self) -> tuple[ShipmentDevice, ...]:
        """The devices that join the hub's network, in the order of the file."""
        return tuple(device for device in self.devices if device.type not in HUB_TYPES)

    @property
    def install_codes(self) -> tuple[bytes, ...]:
        """The octets of every install code."""
        codes = (device.install_code for device in self.devices)
        return tuple(code.octets for code in codes if code is not None)


def read_shipment(path: Path) -> Shipment:
    """The shipment that a file describes.

    Raises:
        UsageError: with every mistake of the file, one line each.
    """
    return parse_shipment(read_octets(path), str(path))


def parse_shipment(octets: bytes, name: str) -> Shipment:
    """The shipment that the octets of a file describe.

    Args:
        octets: the file's content.
        name: what messages call the file.

    Raises:
        UsageError: with every mistake, one line each.
    """
    findings = Findings(name)
    rows = read_rows(octets, findings)
    types = known_types()
    devices = [device for row in rows if (device := _device(row, types, findings)) is not None]
    _check_duplicates(rows, findings)
    _check_hub(rows, findings)
    findings.check()
    devices.extend(_bench_hub(devices, findings))
    digest = hashlib.sha256(octets).hexdigest()
    return Shipment(tuple(devices), findings.warnings, name, digest)


def bench_shipment() -> Shipment:
    """The shipment of a run that was given no file: the bench's own hub and nothing else."""
    hub = _bench_hub([], Findings("no shipment file"))
    return Shipment(tuple(hub), ("no shipment file: the bench supplies its own hub",))


def known_types() -> tuple[str, ...]:
    """Every device type a shipment may name: GB's own, and those that other packages bring."""
    brought = (name.upper() for name in names("hanlab.devices"))
    return tuple(dict.fromkeys((*DEVICE_TYPES, *brought)))


def _device(row: Row, types: tuple[str, ...], findings: Findings) -> ShipmentDevice | None:
    cells = row.cells
    kind = _type(row, types, findings)
    # Of a line whose type nobody knows, what it does say is checked, and nothing is missed.
    rule = DEVICE_TYPES.get(kind, DeviceType(joins=bool(kind or cells.get("install_code"))))
    eui64 = _eui64(row, findings)
    code = _install_code(row, rule, findings)
    _check_meter_point(row, rule, findings)
    if eui64 is None:
        return None
    return ShipmentDevice(
        type=kind,
        eui64=eui64,
        install_code=code,
        manufacturer=cells.get("manufacturer", ""),
        model=cells.get("model", ""),
        firmware=cells.get("firmware", ""),
        mpxn=cells.get("mpxn", ""),
        line=row.line,
    )


def _type(row: Row, types: tuple[str, ...], findings: Findings) -> str:
    """The type of a line, empty when it has none that is known."""
    text = row.cells.get("device_type")
    if text is None:
        return ""
    if text.upper() not in types:
        findings.mistake(row.line, "device_type", text, f"expected {', '.join(types)}")
        return ""
    return text.upper()


def _eui64(row: Row, findings: Findings) -> Eui64 | None:
    text = row.cells.get("eui64")
    if text is None:
        return None
    try:
        eui64 = parse_eui64(text)
    except UsageError:
        findings.mistake(row.line, "eui64", text, "expected 16 hexadecimal digits")
        return None
    if eui64 in _NO_DEVICE:
        findings.mistake(row.line, "eui64", text, "expected an EUI-64 that a device can have")
        return None
    return eui64


def _install_code(row: Row, rule: DeviceType, findings: Findings) -> InstallCode | None:
    text = row.cells.get("install_code")
    if text is None:
        return None
    if not rule.joins:
        if text:
            findings.warning(row.line, "install_code", text, "not used: a hub joins nothing")
        return None
    try:
        return InstallCode.parse(text)
    except UsageError as refusal:
        reason = str(refusal).removeprefix(f"install code {text!r}: ")
        if "expected" not in reason:
            reason = f"{reason}, expected 0-9 and A-F"
        findings.mistake(row.line, "install_code", text, reason)
        return None


def _check_meter_point(row: Row, rule: DeviceType, findings: Findings) -> None:
    text = row.cells.get("mpxn", "")
    if not text or "device_type" not in row.cells:
        return
    if rule.meter_point is None:
        doubt: str | None = "expected none: only meters have a supply point"
    elif rule.meter_point == "MPAN":
        doubt = mpan_doubt(text)
    else:
        doubt = mprn_doubt(text)
    if doubt is not None:
        findings.warning(row.line, "mpxn", text, doubt)


def _check_duplicates(rows: tuple[Row, ...], findings: Findings) -> None:
    seen: dict[Eui64, int] = {}
    for row in rows:
        text = row.cells.get("eui64", "")
        try:
            eui64 = parse_eui64(text)
        except UsageError:
            continue
        if eui64 in seen:
            reason = f"expected an EUI-64 of its own, line {seen[eui64]} has the same"
            findings.mistake(row.line, "eui64", text, reason)
        seen.setdefault(eui64, row.line)


def _check_hub(rows: tuple[Row, ...], findings: Findings) -> None:
    """One hub at most, and no gas proxy without the hub it is part of."""
    lines: dict[str, int] = {}
    for row in rows:
        kind = row.cells.get("device_type", "").upper()
        if kind in HUB_TYPES and kind in lines:
            reason = f"expected one hub, line {lines[kind]} has its {kind}"
            findings.mistake(row.line, "device_type", row.cells["device_type"], reason)
        lines.setdefault(kind, row.line)
    if "GPF" in lines and "CHF" not in lines:
        reason = "expected the CHF of the same hub on a line of its own"
        findings.mistake(lines["GPF"], "device_type", "GPF", reason)


def _bench_hub(devices: list[ShipmentDevice], findings: Findings) -> Iterator[ShipmentDevice]:
    """What the file lacks of a hub."""
    taken = {device.eui64 for device in devices}
    free = (Eui64(number) for number in BENCH_EUI64S if number not in taken)
    missing = [kind for kind in HUB_TYPES if all(device.type != kind for device in devices)]
    supplied = [ShipmentDevice(type=kind, eui64=next(free), install_code=None) for kind in missing]
    told = " and ".join(f"{device.type} {format_eui64(device.eui64)}" for device in supplied)
    if "CHF" in missing:
        findings.warning_about_file(f"no hub: the bench supplies its own, {told}")
    elif missing:
        findings.warning_about_file(f"no GPF: the bench gives the hub one, {told}")
    yield from supplied
