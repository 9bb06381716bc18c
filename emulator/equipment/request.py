"""What a maker of devices is given."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from emulator.gbcs.protection.key_store import KeyStore
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs_device.settings import RemotePartySettings
from emulator.kernel.identity import Eui64
from emulator.metering.quantities import Channel
from emulator.metering.step_function import StepFunction
from emulator.radio.bands import Band
from emulator.smart_energy.device import Surroundings
from emulator.smart_energy.keys.credentials import Credentials
from emulator.smart_energy.stack_settings import StackSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteParties:
    """Whom a device knows when it leaves the factory, and by which keys.

    Args:
        keys: the device's own, and the certificates of remote parties and authorities.
        parties: who stands in the cells of each role; the first of that role unless given.
        settings: how strict the device is.
    """

    keys: KeyStore
    parties: Mapping[RemotePartyRole, Eui64] = field(default_factory=dict)
    settings: RemotePartySettings = field(default_factory=RemotePartySettings)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceRequest:
    """What a maker of devices is given; its kinds are entry points of group `hanlab.devices`.

    Args:
        kind: the shipment's word for the device.
        link_key: what its install code gives; None for a hub.
        manufacturer: as its Basic cluster tells it; also `model` and `firmware`.
        remote: whom it answers; None for a device that remote parties do not talk to.
        gas_proxy: the name of the gas proxy function of a hub, which is a device of its own.
        bands: where it has a radio; two only at a dual-band hub.
        load: what the home takes through its meter, from instant zero.
    """

    name: str
    kind: str
    eui64: Eui64
    link_key: bytes | None
    credentials: Credentials
    surroundings: Surroundings
    settings: StackSettings
    manufacturer: str = ""
    model: str = ""
    firmware: str = ""
    remote: RemoteParties | None = None
    gas_proxy: Eui64 | None = None
    bands: tuple[Band, ...] = (Band.GHZ_2_4,)
    load: Mapping[Channel, StepFunction] = field(default_factory=dict)
