"""The tariff of an electricity meter: written passive, checked, activated, executed, and read.

GBCS ECS01a to ECS01d, ECS05, ECS17d, ECS17e, ECS24; SMETS2 5.7.4.46 to 5.7.4.50. A tariff that
cannot be executed is refused when its tables are written, or at the latest when it is to come into
force. Prices are in the scale that comes with them; what is finer than a thousandth of a penny is
refused, which is unverified, as is the order of block counters: by block, then by time of use.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import pairwise
from typing import Final

from emulator.cosem.date_times import NEVER
from emulator.cosem.logical_names import parse_obis
from emulator.cosem.server.made_values import fitted, octets_of, parts_of
from emulator.cosem.server.members import Attribute
from emulator.cosem.server.methods import RESET_BLOCK_COUNTERS, TARIFF_SCRIPTS
from emulator.cosem.server.object_store import ObjectStore
from emulator.dlms.access import AccessResult
from emulator.dlms.data import Data, array, structure
from emulator.dlms.data_types import DataType
from emulator.gbcs_device.cosem.calendar_values import (
    RegisterOf,
    Tables,
    day_profiles,
    season_starts,
    special_dates,
    tariff_calendar,
    week_profiles,
)
from emulator.gbcs_device.cosem.duty import Check, Duty, ItemOutcome, Method, Read
from emulator.gbcs_device.cosem.measured_logs_duty import (
    block_rows,
    times_of_use,
)
from emulator.gbcs_device.cosem.meter_view import MeterView
from emulator.gbcs_device.cosem.unexecutable import (
    UnexecutableError,
    executable,
    number,
    octets,
    parts,
    refused,
)
from emulator.gbcs_device.execution import Command
from emulator.gbcs_device.primitives import MeterSet
from emulator.kernel.errors import UsageError
from emulator.metering.tariff_matrix import (
    BLOCKS,
    SECOND_TIMES_OF_USE,
    TIMES_OF_USE,
    TariffTerms,
    register_of,
    second_register_of,
)

_MILLIPENCE: Final = -5
"""Scale of a thousandth of a penny: hundred-thousandths of a pound."""
_BLOCK_COLUMNS: Final = 16
"""Times of use for which block counters have a place; only eight are ever counted (ECS17e)."""
REGISTERS: Final = Attribute(1, parse_obis("0-0:94.44.34.1"), 2)
BLOCK_COUNTERS: Final = Attribute(1, parse_obis("0-0:94.44.34.2"), 2)
_SCRIPTS: Final = Method(9, TARIFF_SCRIPTS, 1)
_THRESHOLD_TIME: Final = Attribute(9000, parse_obis("0-0:63.1.1.255"), 6)
_STANDING_CHARGE: Final = parse_obis("0-0:19.20.4.255")
_BLOCK_TIMES_OF_USE: Final = range(1, 9)


@dataclass(frozen=True, slots=True)
class _Element:
    """The objects of the tariff of one element.

    Args:
        calendar, special_days, price: logical names; the passive special days are in another one.
        special_time: when they come into force.
        active_price: register of the price that holds.
        register_of: what scripts let count.
    """

    calendar: bytes
    special_days: bytes
    passive_special_days: bytes
    special_time: bytes
    price: bytes
    active_price: bytes
    register_of: RegisterOf

    def table(self, member: int) -> Attribute:
        """A table of the calendar."""
        return Attribute(20, self.calendar, member)

    @property
    def charge(self) -> Attribute:
        """The prices in force."""
        return Attribute(113, self.price, 5)


def _element(register: RegisterOf, *names: str) -> _Element:
    calendar, special, passive, time, price, active = (parse_obis(name) for name in names)
    return _Element(calendar, special, passive, time, price, active, register)


_FIRST: Final = _element(
    register_of,
    "0-0:13.0.0.255",
    "0-0:11.0.0.255",
    "0-1:11.0.0.255",
    "0-0:94.44.128.29",
    "0-0:19.20.0.255",
    "0-0:94.44.1.7",
)
_SECOND: Final = _element(
    second_register_of,
    "0-0:13.0.1.255",
    "0-0:11.0.1.255",
    "0-1:11.0.1.255",
    "0-0:94.44.128.30",
    "0-0:19.20.5.255",
    "0-0:94.44.1.8",
)
_TIME: Final = 10
_PASSIVE_CHARGE: Final = 6
_CHARGE_TIME: Final = 7


class TariffDuty:
    """The tariff objects of one meter.

    Args:
        store: the objects.
        view: of the meter.
    """

    def __init__(self, store: ObjectStore, view: MeterView) -> None:
        self._store = store
        self._view = view
        self._elements = (_FIRST,) if view.meter.second is None else (_FIRST, _SECOND)
        view.set_up_by("tariff", self._set_up)

    def duty(self) -> Duty:
        """What these objects do."""
        charges = [Attribute(113, each.price, _CHARGE_TIME) for each in self._elements]
        others = [each.table(_TIME) for each in self._elements]
        others += [Attribute(9000, each.special_time, 6) for each in self._elements]
        others += [_THRESHOLD_TIME, Attribute(113, _STANDING_CHARGE, _CHARGE_TIME)]
        prices: dict[Attribute, Read] = {
            Attribute(3, each.active_price, 2): self._price_of(place)
            for place, each in enumerate(self._elements)
        }
        return Duty(
            name="tariff",
            reads={REGISTERS: self._registers, BLOCK_COUNTERS: self._blocks, **prices},
            checks=self._checks(),
            activated={
                **dict.fromkeys(others, self._view.outdating("tariff")),
                **dict.fromkeys(charges, self._repriced),
            },
            methods={_SCRIPTS: self._run},
        )

    def _checks(self) -> Mapping[Attribute, Check]:
        checks: dict[Attribute, Check] = {
            Attribute(113, _STANDING_CHARGE, _PASSIVE_CHARGE): executable(single_charge),
        }
        for place in _BLOCK_TIMES_OF_USE:
            passive = Attribute(21, parse_obis(f"0-0:16.1.{10 + place}.255"), 2)
            checks[passive] = executable(thresholds_of)
        for each in self._elements:
            checks[each.table(7)] = executable(season_starts)
            checks[each.table(8)] = executable(week_profiles)
            checks[each.table(9)] = executable(partial(day_profiles, register_of=each.register_of))
            checks[each.table(_TIME)] = self._consistent(each)
            checks[Attribute(11, each.passive_special_days, 2)] = executable(special_dates)
            checks[Attribute(113, each.price, _PASSIVE_CHARGE)] = executable(price_table)
        return checks

    def _consistent(self, element: _Element) -> Check:
        """That the passive tables make a calendar, before they may come into force."""

        def check(time: Data) -> AccessResult:
            if octets_of(time) == NEVER:
                return AccessResult.SUCCESS
            held = self._store.value
            seasons, weeks, days = (held(element.table(member)) for member in (7, 8, 9))
            special = held(Attribute(11, element.passive_special_days, 2))
            tables = Tables(seasons, weeks, days, special)
            profiles = day_profiles(tables.days, element.register_of)
            if any(day not in profiles for *_, day in special_dates(tables.special_days)):
                return AccessResult.OTHER_REASON
            return executable(lambda _: tariff_calendar(tables, element.register_of))(time)

        return check

    def _set_up(self) -> None:
        """Let the meter execute what is in force; what cannot be executed changes nothing."""
        meter = self._view.meter
        matrices = (meter.tariff,) if meter.second is None else (meter.tariff, meter.second.tariff)
        for element, matrix in zip(self._elements, matrices, strict=True):
            with suppress(UnexecutableError, UsageError):
                matrix.terms = self._terms(element)

    def _terms(self, element: _Element) -> TariffTerms:
        held = self._store.value
        seasons, weeks, days = (held(element.table(member)) for member in (3, 4, 5))
        special = held(Attribute(11, element.special_days, 2))
        calendar = tariff_calendar(Tables(seasons, weeks, days, special), element.register_of)
        prices = price_table(held(element.charge))
        if element is _SECOND:
            return TariffTerms(calendar=calendar, prices=prices)
        thresholds = {
            place: thresholds_of(held(Attribute(21, parse_obis(f"0-0:16.0.{10 + place}.255"), 2)))
            for place in _BLOCK_TIMES_OF_USE
        }
        return TariffTerms(
            calendar=calendar,
            thresholds=thresholds,
            prices=prices,
            standing_charge=single_charge(held(Attribute(113, _STANDING_CHARGE, 5))),
        )

    def _repriced(self, command: Command | None) -> Sequence[object]:
        """New prices come into force: the registers are written down first (ECS20b)."""
        self._view.measured().note_change(self._view.now())
        return self._view.outdating("tariff")(command)

    def _run(self, parameters: Data, _: Command) -> ItemOutcome:
        if parameters.value != RESET_BLOCK_COUNTERS:
            return ItemOutcome(AccessResult.OBJECT_UNAVAILABLE)
        self._view.measured().tariff.reset_blocks()
        return ItemOutcome(effects=(MeterSet(),))

    def _registers(self, _: Command) -> Data:
        meter = self._view.measured()
        collections = [_counts(times_of_use(tuple(meter.tariff.time_of_use.items()), TIMES_OF_USE))]
        if meter.second is not None:
            registers = tuple(meter.second.tariff.time_of_use.items())
            collections.append(_counts(times_of_use(registers, SECOND_TIMES_OF_USE)))
        return structure(*collections)

    def _blocks(self, _: Command) -> Data:
        blocks = tuple((*key, each) for key, each in self._view.measured().tariff.blocks.items())
        rows = block_rows(blocks, _BLOCK_COLUMNS)
        return structure(_counts([counts for row in rows for counts in row]))

    def _price_of(self, place: int) -> Read:
        def price(_: Command) -> Data:
            meter = self._view.measured()
            matrix = meter.tariff if not place or meter.second is None else meter.second.tariff
            return Data(DataType.DOUBLE_LONG_UNSIGNED, matrix.price(self._view.own()))

        return price


def price_table(charge: Data) -> Mapping[int, int]:
    """Millipence for each index of a charge; none where it has no index.

    Raises:
        UnexecutableError: when it is no charge, a price is negative or too fine.
    """
    scale, charges = _charges(charge)
    return {
        int.from_bytes(index, "big"): millipence(each, scale) for index, each in charges if index
    }


def single_charge(charge: Data) -> int:
    """Millipence of a charge that has but one price; 0 where it has none.

    Raises:
        UnexecutableError: when it is no charge, or its price is negative or too fine.
    """
    scale, charges = _charges(charge)
    if len(charges) > 1:
        raise refused(f"{len(charges)} prices; expected one")
    return millipence(charges[0][1], scale) if charges else 0


def millipence(charge: int, scale: int) -> int:
    """A price in thousandths of a penny.

    Args:
        charge: price, in the scale.
        scale: power of ten of a pound.

    Raises:
        UnexecutableError: when it is negative, or no whole number of them.
    """
    if charge < 0:
        raise refused(f"price {charge}: cannot be negative")
    pence = Decimal(charge).scaleb(scale - _MILLIPENCE)
    if pence != int(pence):
        raise refused(f"price {charge}E{scale}: no whole thousandths of a penny")
    return int(pence)


def thresholds_of(monitor: Data) -> tuple[int, ...]:
    """The thresholds of a time of use, in watt hours.

    Raises:
        UnexecutableError: when they are no numbers, too many, or do not ascend.
    """
    found = tuple(number(each) for each in parts_of(monitor))
    if len(found) >= BLOCKS or any(late < early for early, late in pairwise(found)):
        raise refused(f"thresholds {found}: expected at most {BLOCKS - 1}, ascending")
    return found


def _charges(charge: Data) -> tuple[int, list[tuple[bytes, int]]]:
    scaling, _, table = parts(charge, 3)
    _, scale = parts(scaling, 2)
    elements = [parts(each, 2) for each in parts_of(table)]
    return number(scale), [(octets(index), number(price)) for index, price in elements]


def _counts(numbers: Sequence[int]) -> Data:
    return array(
        *(
            Data(DataType.DOUBLE_LONG_UNSIGNED, fitted(DataType.DOUBLE_LONG_UNSIGNED, each))
            for each in numbers
        )
    )
