"""Facts of the MAC."""

from dataclasses import dataclass
from typing import ClassVar

from emulator.kernel.units import Duration
from emulator.zigbee.addresses import NwkAddress


@dataclass(frozen=True, slots=True)
class MacUnexpectedEvent:
    """An event that the state of a MAC procedure does not provide for; the state stays."""

    kind: ClassVar[str] = "mac_unexpected_event"
    procedure: str
    state: str
    event: str


@dataclass(frozen=True, slots=True)
class LinkPowerSet:
    """From now on we send with that power, in dBm, to a neighbour."""

    kind: ClassVar[str] = "link_power_set"
    nwk_address: NwkAddress
    power: int


@dataclass(frozen=True, slots=True)
class DutyCycleMode:
    """The duty cycle of our transmitter below 1 GHz is in another mode; air time of the hour."""

    kind: ClassVar[str] = "duty_cycle_mode"
    mode: str
    used: Duration
