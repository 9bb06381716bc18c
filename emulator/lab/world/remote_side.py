"""Everything beyond the hub: the DCC with its users and inventory, the SM WAN, and the test PKI."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from emulator.dcc.checks.entitlement import Entitlement
from emulator.dcc.dcc import Dcc
from emulator.dcc.inventory.database import IN_MEMORY
from emulator.dcc.inventory.inventory import Inventory
from emulator.dcc.originators import Originators
from emulator.dcc.registration import Fuel, Registration, Responsibility
from emulator.dcc.users import Users
from emulator.dcc.wan_coverage import CoverageDatabase, InstallAndLeave
from emulator.dcc.world import DccWorld
from emulator.equipment.announced_images import announced_image
from emulator.equipment.primitives import FromWan, ToWan
from emulator.equipment.request import RemoteParties
from emulator.gbcs.envelope import Message
from emulator.gbcs.pki import Pki, make_pki
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.message_protection import Protection
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.kernel.errors import WireError
from emulator.kernel.identity import Eui64, format_eui64
from emulator.kernel.units import START
from emulator.lab.inputs.remote_settings import RemoteSettings
from emulator.lab.kept.state_files import load_document, save_document
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import BENCH_EUI64S, DEVICE_TYPES, ShipmentDevice
from emulator.lab.world.message_recorder import MessageRecorder
from emulator.lab.world.parties import (
    BROKER,
    COS_PARTY,
    NAMES,
    NETWORK_OPERATOR,
    ORGANISATIONS,
    SUPPLIER,
    USERS,
)
from emulator.smart_energy.device import SmartEnergyDevice, Surroundings
from emulator.smart_energy.ota.primitives import OfferImage

PKI_SEED: Final = 1
"""The test PKI is the same in every run, so that devices with `--state` know it again."""
SPARE_HUB: Final = tuple(map(Eui64, (BENCH_EUI64S.start + 0x100, BENCH_EUI64S.start + 0x101)))
"""CHF and GPF of a hub in the van, which has certificates like those of the shipment."""
DATABASE: Final = "inventory.sqlite"
MEMORY: Final = "dcc.json"
DCC_NAME: Final = "DCC"
_FUELS: Final = {"MPAN": Fuel.ELECTRICITY, "MPRN": Fuel.GAS}
_SUPPLIES: Final = {
    Fuel.ELECTRICITY: (Responsibility.IMPORT_SUPPLIER, Responsibility.ELECTRICITY_DISTRIBUTOR),
    Fuel.GAS: (Responsibility.GAS_SUPPLIER, Responsibility.GAS_TRANSPORTER),
}


@dataclass(slots=True)
class RemoteSide:
    """The DCC as scenarios use it, and how it reaches a hub.

    Args:
        dcc: with its mailbox, inventory and SM WAN.
        registration: who supplies which supply point, and since when.
        pki: every key and certificate; test keys.
        coverage: what the DCC says of the SM WAN at a property, and what is true of it.
        left: installations that wait for the SM WAN.
        names: what devices and parties are called.
        settings: of everything here.
        supplier: who installs and supplies; ours, or an organisation from outside.
    """

    dcc: Dcc
    registration: Registration
    coverage: CoverageDatabase
    left: InstallAndLeave
    pki: Pki
    names: Mapping[Eui64, str]
    settings: RemoteSettings
    supplier: Eui64
    _surroundings: Surroundings
    _recorder: MessageRecorder

    @property
    def inventory(self) -> Inventory:
        """The Smart Metering Inventory."""
        return self.dcc.world.inventory

    @property
    def remote_parties(self) -> RemoteParties:
        """What a device knows of remote parties when it leaves the factory.

        The broker stands in for the network operator, until handed over (SRV 6.21).
        """
        parties = {
            RemotePartyRole.NETWORK_OPERATOR: BROKER,
            RemotePartyRole.SUPPLIER: self.supplier,
        }
        return RemoteParties(
            keys=self.pki.keys, parties=parties, settings=self.settings.remote_party
        )

    @property
    def moment(self) -> datetime:
        """What time it is, UTC."""
        return self._surroundings.calendar.moment(self._surroundings.scheduler.now)

    @property
    def unverified(self) -> tuple[str, ...]:
        """The settings beyond the hub that no source proves."""
        return tuple(self.settings.unverified())

    def save(self, state: Path) -> None:
        """Keep what the DCC keeps between runs; the inventory is in its database already."""
        save_document(state / MEMORY, self.dcc.memory(), "memory of an emulated DCC")

    def status(self, eui64: Eui64) -> str | None:
        """The SMI status of a device; None for one that is not listed, or of Type 2."""
        record = self.inventory.device(eui64)
        return None if record is None or record.status is None else record.status.value

    def names_of(self, eui64: Eui64) -> str:
        """What a device or a remote party is called; its identifier where it has no name."""
        return self.names.get(eui64) or NAMES.get(eui64) or format_eui64(eui64)

    def attach(self, hub: SmartEnergyDevice) -> None:
        """Let a hub talk to the SM WAN once it is connected; before it has power."""
        chf = hub.description.eui64

        def up(sent: ToWan) -> None:
            self._record(sent.octets, upward=True)
            self.dcc.wan.up(chf, sent.octets)

        hub.observe((ToWan,), up)

    def connect(self, hub: SmartEnergyDevice, *, covered: bool = True) -> None:
        """Give a hub its SM WAN; with coverage the DCC hears of it at once."""

        def down(octets: bytes) -> None:
            self._record(octets, upward=False)
            hub.post(FromWan(octets))

        def image(device: Eui64, octets: bytes) -> None:
            hub.post(OfferImage(device, announced_image(octets)))

        self.dcc.wan.connect(hub.description.eui64, down, images=image, covered=covered)

    def _record(self, octets: bytes, *, upward: bool) -> None:
        device = self._device_of(octets, upward=upward)
        ends = (device, DCC_NAME) if upward else (DCC_NAME, device)
        self._recorder.observe(self._surroundings.scheduler.now, *ends, octets)

    def _device_of(self, octets: bytes, *, upward: bool) -> str:
        try:
            message = Message.decode(octets)
        except WireError:
            return "?"
        return self.names.get(message.originator if upward else message.recipient, "?")


def open_remote_side(
    shipped: Sequence[ShipmentDevice],
    surroundings: Surroundings,
    recorder: MessageRecorder,
    names: Mapping[Eui64, str],
    options: LabOptions,
) -> RemoteSide:
    """A DCC that serves the premises of a shipment, or of several.

    Args:
        shipped: the devices, and the supply points of the meters.
        surroundings: of the run.
        recorder: is shown every message that crosses the SM WAN.
        names: what devices are called.
        options: of the run; the inventory stays in its state folder.
    """
    recorder.name_parties({**NAMES, **{each.eui64: "supplier" for each in options.supplier}})
    settings, coverage = remote_settings(options), CoverageDatabase()
    devices = dict.fromkeys((*(each.eui64 for each in shipped), *SPARE_HUB))
    pki = make_pki(PKI_SEED, devices, ORGANISATIONS)
    pki = replace(pki, credentials=(*pki.credentials, *options.supplier))
    supplier = options.supplier[0].eui64 if options.supplier else SUPPLIER
    registration = _supply_points(shipped, surroundings, supplier)
    inventory = _inventory(settings, options.state)
    world = DccWorld(
        users=Users(replace(u, eui64=supplier) if u.eui64 == SUPPLIER else u for u in USERS),
        inventory=inventory,
        registrations=Entitlement(registration, inventory),
        protection=_protection(pki),
        originators=Originators(BROKER, COS_PARTY),
        calendar=surroundings.calendar,
        settings=settings.whole_dcc,
        coverage=lambda asked: coverage.answer(str(asked.get("UPRN", ""))),
    )
    return RemoteSide(
        dcc=_dcc(world, surroundings, options.state),
        registration=registration,
        coverage=coverage,
        left=InstallAndLeave(),
        pki=pki,
        names=names,
        settings=settings,
        supplier=supplier,
        _surroundings=surroundings,
        _recorder=recorder,
    )


def _protection(pki: Pki) -> Protection:
    """What the DCC checks and protects messages with: it holds everybody's keys."""
    keys = pki.keys
    return Protection(keys=keys, agreement=StoredKeyAgreement(keys), broker=BROKER)


def _dcc(world: DccWorld, surroundings: Surroundings, state: Path | None) -> Dcc:
    """The DCC, with the counters and backups of earlier runs."""
    dcc = Dcc(
        world,
        scheduler=surroundings.scheduler,
        trace=surroundings.trace,
        streams=surroundings.streams,
    )
    kept = None if state is None else load_document(state / MEMORY)
    if kept is not None:
        dcc.recall(kept)
    return dcc


def _supply_points(
    shipped: Sequence[ShipmentDevice], surroundings: Surroundings, supplier: Eui64
) -> Registration:
    """The supply points of the meters, all with the same supplier and network operator."""
    registration = Registration()
    since = surroundings.calendar.moment(START)
    for line in shipped:
        kind = DEVICE_TYPES[line.type].meter_point
        if kind is None or not line.mpxn:
            continue
        fuel = _FUELS[kind]
        registration.add(line.mpxn, fuel)
        for role, party in zip(_SUPPLIES[fuel], (supplier, NETWORK_OPERATOR), strict=True):
            registration.register(line.mpxn, role, party, since)
    return registration


def remote_settings(options: LabOptions) -> RemoteSettings:
    """The settings beyond the hub, as the run changes them."""
    usual = RemoteSettings()
    changed: dict[str, Any] = {
        room.name: options.overrides.applied(room.name, getattr(usual, room.name))
        for room in fields(usual)
    }
    return RemoteSettings(**changed)


def _inventory(settings: RemoteSettings, state: Path | None) -> Inventory:
    """The inventory where the run says, in the state folder, or nowhere afterwards."""
    url = settings.database.url
    if not url and state is not None:
        state.mkdir(parents=True, exist_ok=True)
        url = f"sqlite:///{state / DATABASE}"
    return Inventory.open(url or IN_MEMORY, settings.inventory)
