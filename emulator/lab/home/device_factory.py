"""Makes the devices of a shipment, each as its papers say, or as the run says it really is."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from emulator.alt_han.bridge.antennas import split
from emulator.alt_han.bridge.settings import BackhaulSettings
from emulator.crypto.cbke import Suite
from emulator.crypto.install_code import InstallCode
from emulator.equipment.request import DeviceRequest, RemoteParties
from emulator.kernel.extensions import loader
from emulator.kernel.identity import Eui64
from emulator.kernel.units import START
from emulator.lab.home.certificate_office import CertificateOffice
from emulator.lab.inputs.loads import demand_at
from emulator.lab.kept.state_files import load_state
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import BRIDGE, ShipmentDevice
from emulator.radio.bands import BOTH_BANDS, Band
from emulator.smart_energy.device import SmartEnergyDevice, Surroundings
from emulator.smart_energy.keys.credentials import Credentials
from emulator.smart_energy.stack_settings import StackSettings

GB_SUITES: Final = (Suite.SECT283K1,)
"""A GB hub offers suite 2 only (seen in a hub sample; GBCS asks for it)."""


@dataclass(frozen=True, slots=True)
class Difference:
    """How a device really is, where that is not what its papers say."""

    install_code: InstallCode | None = None
    foreign_certificate: bool = False
    expired_certificate: bool = False
    suites: tuple[Suite, ...] = GB_SUITES
    bands: tuple[Band, ...] = ()


class DeviceFactory:
    """The one place where devices are made.

    Args:
        names: what each device is called.
        options: what the run says of devices.
        settings: of every stack.
        surroundings: where the devices are.
        link_key: that every joining device holds, whatever its papers say; None for its own.
    """

    def __init__(
        self,
        names: Mapping[Eui64, str],
        options: LabOptions,
        settings: StackSettings,
        surroundings: Surroundings,
        link_key: bytes | None = None,
    ) -> None:
        self._link_key = link_key
        self._names = names
        self._options = options
        self._settings = settings
        self._surroundings = surroundings
        self._differences: dict[str, Difference] = {}
        self.remote: RemoteParties | None = None
        self.backhaul: BackhaulSettings = options.overrides.applied("backhaul", BackhaulSettings())
        """Between the ends of bridges that are routers."""
        self._kind = loader("hanlab.devices")
        dated = settings.key_establishment.certificate_dates
        self._office = CertificateOffice(options.state, surroundings.calendar if dated else None)

    def differ(self, name: str, difference: Difference) -> None:
        """Let the device of that name, or all of that type, be other than their papers say."""
        self._differences[name] = difference

    def build(self, line: ShipmentDevice, gas_proxy: Eui64 | None = None) -> SmartEnergyDevice:
        """The device of a line of the shipment, with what it kept from an earlier run.

        Args:
            line: what the device is.
            gas_proxy: the name of the gas proxy function, of a hub.
        """
        differs = self._difference(line)
        told = self._options.overrides.install_code(line.eui64)
        code = told or differs.install_code or line.install_code
        request = DeviceRequest(
            name=self._names[line.eui64],
            kind=line.type,
            eui64=line.eui64,
            link_key=self._link_key or (None if code is None else code.link_key),
            credentials=self._credentials(line, differs),
            surroundings=self._around(line),
            settings=self._settings,
            manufacturer=line.manufacturer,
            model=line.model,
            firmware=line.firmware,
            remote=self.remote,
            gas_proxy=gas_proxy,
            bands=self._bands(line, differs),
            load=demand_at(
                self._options.loads,
                line.eui64,
                line.type,
                self._surroundings.calendar.moment(START),
                self._surroundings.streams,
            ),
        )
        device: SmartEnergyDevice = self._kind(line.type)(request)
        if self._options.state is not None:
            memory = load_state(self._options.state, line.eui64)
            if memory is not None:
                device.remember(memory)
        return device

    def _around(self, line: ShipmentDevice) -> Surroundings:
        """Where a device is; a bridge has an antenna in two places."""
        if line.type != BRIDGE:
            return self._surroundings
        inside, backhaul = self._surroundings, self.backhaul
        return replace(inside, radio=lambda name: split(name, inside, backhaul))

    def _bands(self, line: ShipmentDevice, differs: Difference) -> tuple[Band, ...]:
        """Where a device has a radio: as the run says, or the scenario, or at 2.4 GHz."""
        if line.type == "CHF":
            dual = self._settings.hub.bands == "dual"
            return BOTH_BANDS if dual else differs.bands or (Band.GHZ_2_4,)
        told = self._options.overrides.band(line.eui64)
        return differs.bands or (Band.GHZ_2_4,) if told is None else (told,)

    def _difference(self, line: ShipmentDevice) -> Difference:
        by_type = self._differences.get(line.type, Difference())
        return self._differences.get(self._names[line.eui64], by_type)

    def _credentials(self, line: ShipmentDevice, differs: Difference) -> Credentials:
        foreign = self._options.overrides.foreign_certificate(line.eui64)
        return self._office.credentials(
            line.eui64,
            differs.suites,
            self._surroundings.streams.stream(self._names[line.eui64], "certificates"),
            foreign=foreign or differs.foreign_certificate,
            expired=differs.expired_certificate,
        )
