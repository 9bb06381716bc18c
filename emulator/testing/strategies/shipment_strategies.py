"""Strategies for shipments, and for premises: what is installed where, and what it knows."""

from dataclasses import dataclass, replace
from typing import Final

from hypothesis import strategies as st

from emulator.crypto.install_code import CODE_LENGTHS, InstallCode
from emulator.kernel.identity import Eui64, format_eui64
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.mpxn import mpan_check_digit, mprn_check_digits
from emulator.lab.shipments.shipment import (
    DEVICE_TYPES,
    HUB_TYPES,
    Shipment,
    ShipmentDevice,
    parse_shipment,
)

SMETS2_TYPES: Final = ("ESME", "GSME", "PPMID", "HCALCS", "IHD", "CAD")
_HEAD: Final = "device_type,eui64,install_code,manufacturer,model,firmware,mpxn"
_MADE: Final = range(0x00DB_0000_0000_0001, 0x00DB_FFFF_FFFF_FFFF)
"""EUI-64s under one maker's prefix, so that none is that of a party of the laboratory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Premises:
    """A home to be emulated.

    Args:
        shipment: its devices.
        seed: what every draw in it is keyed by.
        far: types of devices that do not hear the hub.
    """

    shipment: Shipment
    seed: int = 1
    far: tuple[str, ...] = ()

    def open(self) -> Lab:
        """The laboratory of it, everything off."""
        lab = Lab(self.shipment, LabOptions(seed=self.seed, name="premises"))
        home = lab.home()
        for device in home.joiners:
            if device.description.kind in self.far:
                lab.out_of_reach(home.hub, device)
        return lab


def install_codes() -> st.SearchStrategy[InstallCode]:
    """Install codes of every length (ZSE 1.4 5.4.8.1)."""
    return st.sampled_from(sorted(CODE_LENGTHS)).flatmap(
        lambda size: st.binary(min_size=size, max_size=size).map(InstallCode)
    )


def mpans() -> st.SearchStrategy[str]:
    """MPAN cores with their check digit."""
    return st.from_regex(r"[1-2][0-9]{11}", fullmatch=True).map(
        lambda core: core + mpan_check_digit(core)
    )


def mprns() -> st.SearchStrategy[str]:
    """MPRNs with their check digits."""
    return st.from_regex(r"[1-9][0-9]{3,7}", fullmatch=True).map(
        lambda body: body + mprn_check_digits(body)
    )


@st.composite
def shipments(
    draw: st.DrawFn, *types: str, others: tuple[str, ...] = SMETS2_TYPES, hub: bool = True
) -> Shipment:
    """Shipments without a mistake and without a warning.

    Args:
        draw: of Hypothesis.
        types: that must be in it, once each.
        others: types that may be in it, once each.
        hub: whether it names its hub, which the bench supplies otherwise.
    """
    more = draw(st.sets(st.sampled_from(others))) if others else set()
    chosen = [each for each in SMETS2_TYPES if each in {*types, *more}]
    strange = [each for each in types if each not in chosen and each not in HUB_TYPES]
    kinds = ((*HUB_TYPES, *chosen, *strange) if hub else (*chosen, *strange)) or HUB_TYPES
    count = len(kinds)
    numbers = draw(
        st.lists(
            st.integers(_MADE.start, _MADE.stop - 1), min_size=count, max_size=count, unique=True
        )
    )
    devices = [
        draw(_device(kind, Eui64(number))) for kind, number in zip(kinds, numbers, strict=True)
    ]
    return parse_shipment(shipment_csv(devices).encode(), "drawn.csv")


def premises(*types: str) -> st.SearchStrategy[Premises]:
    """Homes with these types of devices and perhaps others, some perhaps out of the hub's reach."""
    return shipments(*types).flatmap(
        lambda shipment: st.builds(
            Premises,
            shipment=st.just(shipment),
            seed=st.integers(1, 1 << 16),
            far=_some_of(tuple(each.type for each in shipment.joining if each.type not in types)),
        )
    )


def shipment_csv(devices: list[ShipmentDevice]) -> str:
    """The file that describes devices."""
    return "\n".join((_HEAD, *map(_row, devices))) + "\n"


def _some_of(types: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    if not types:
        return st.just(())
    return st.sets(st.sampled_from(types)).map(lambda chosen: tuple(sorted(chosen)))


def _device(kind: str, eui64: Eui64) -> st.SearchStrategy[ShipmentDevice]:
    bare = ShipmentDevice(
        type=kind,
        eui64=eui64,
        install_code=None,
        manufacturer="1063",
        model=f"{kind}-DRAWN",
        firmware="00000101",
    )
    rule = DEVICE_TYPES.get(kind)
    if rule is not None and not rule.joins:
        return st.just(bare)
    points = {"MPAN": mpans(), "MPRN": mprns()}
    point = None if rule is None else rule.meter_point
    return st.tuples(install_codes(), st.just("") if point is None else points[point]).map(
        lambda drawn: replace(bare, install_code=drawn[0], mpxn=drawn[1])
    )


def _row(device: ShipmentDevice) -> str:
    code = device.install_code
    printed = "" if code is None else (code.octets + code.crc).hex().upper()
    cells = (
        device.type,
        format_eui64(device.eui64),
        printed,
        device.manufacturer,
        device.model,
        device.firmware,
        device.mpxn,
    )
    return ",".join(cells)
