"""What a display asks of a supply: endpoints, attributes, and commands that others answer.

What some answers say leads to further questions (ZSE 1.4 D.4): a tariff to its prices and, where it
has blocks, to their thresholds; thresholds to what was used of each block. Of gas that is a volume,
and thresholds are energy (GBCS GCS01a, GCS13b), so how much of it a volume has is asked for, too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from emulator.smart_energy.home.home_seen import READ
from emulator.wire.struct import Struct
from emulator.zcl.clusters.calendar import CALENDAR
from emulator.zcl.clusters.messaging import MESSAGING
from emulator.zcl.clusters.metering import METERING, block_register
from emulator.zcl.clusters.price import PRICE
from emulator.zcl.payloads.calendar import PublishCalendar
from emulator.zcl.payloads.home_requests import (
    GetCalendar,
    GetCalorificValue,
    GetConversionFactor,
    GetLastMessage,
    GetTariffInformation,
)
from emulator.zcl.payloads.messaging import DisplayMessage
from emulator.zcl.payloads.price import (
    GetBlockThresholds,
    GetCurrentPrice,
    GetPriceMatrix,
    PublishBlockThresholds,
    PublishCalorificValue,
    PublishConversionFactor,
    PublishPrice,
    PublishPriceMatrix,
    PublishTariffInformation,
)
from emulator.zigbee.addresses import ClusterId

FOUND_BY: Final = (PRICE.id, MESSAGING.id, CALENDAR.id, *(ClusterId(each) for each in READ))
"""The clusters whose endpoints are asked for."""
_ANY_PROVIDER: Final = 0xFFFF_FFFF
_FIRST: Final = 1
_AT_ONCE: Final = 6
"""Registers of six octets that one request asks for, so that its answer is one frame."""


@dataclass(frozen=True, slots=True)
class Find:
    """Ask which endpoints serve a cluster."""

    cluster: ClusterId


@dataclass(frozen=True, slots=True)
class Read:
    """Read attributes of a cluster."""

    cluster: ClusterId
    attributes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """Send a command that is answered by another."""

    cluster: ClusterId
    command: int
    request: Struct
    answer: int
    payload: type[Struct]


Step = Find | Read | Ask

READS: Final = tuple(Read(ClusterId(of), each) for of, many in READ.items() for each in many)
"""The attributes that a display reads."""
ASKED: Final = (
    Ask(PRICE.id, 0x00, GetCurrentPrice(0), 0x00, PublishPrice),
    Ask(PRICE.id, 0x06, GetTariffInformation(0, 0, _FIRST, 0), 0x04, PublishTariffInformation),
    Ask(MESSAGING.id, 0x00, GetLastMessage(), 0x00, DisplayMessage),
    Ask(CALENDAR.id, 0x00, GetCalendar(0, 0, _FIRST, 0, _ANY_PROVIDER), 0x00, PublishCalendar),
)
"""What a display asks an energy service interface, whatever it is told."""
_ENERGY_OF_GAS: Final = (
    Ask(PRICE.id, 0x04, GetConversionFactor(0, 0, _FIRST), 0x02, PublishConversionFactor),
    Ask(PRICE.id, 0x05, GetCalorificValue(0, 0, _FIRST), 0x03, PublishCalorificValue),
)


def asked_after(told: Struct, *, gas: bool = False) -> Sequence[Step]:
    """What an answer makes a display ask, of a supply of gas or of electricity."""
    match told:
        case PublishTariffInformation():
            named = told.issuer_tariff_id
            prices = Ask(PRICE.id, 0x07, GetPriceMatrix(named), 0x05, PublishPriceMatrix)
            if not told.number_of_block_thresholds_in_use:
                return (prices,)
            limits = Ask(PRICE.id, 0x08, GetBlockThresholds(named), 0x06, PublishBlockThresholds)
            return (prices, limits)
        case PublishBlockThresholds():
            registers = tuple(_block_registers(told))
            reads = (
                Read(METERING.id, registers[place : place + _AT_ONCE])
                for place in range(0, len(registers), _AT_ONCE)
            )
            return [*reads, *(_ENERGY_OF_GAS if gas else ())]
        case _:
            return ()


def _block_registers(told: PublishBlockThresholds) -> Iterator[int]:
    """Registers of the blocks of every tier that has some of its own, or of all tiers together."""
    for group in told.groups:
        yield from (block_register(group.tier, block) for block in range(group.count + 1))
