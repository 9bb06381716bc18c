"""Maximum demand, billing calendar, and switches that are late (GBCS ECS18, ECS30, ECS37, ECS38).

SMETS2 5.7.4.7, 5.7.4.26, 5.7.4.33, 5.7.5.18 to 5.7.5.20.
"""

from collections.abc import Callable
from typing import Final, Protocol

from emulator.cosem.logical_names import parse_obis
from emulator.cosem.moments import date_time_octets
from emulator.cosem.server.made_values import number_of
from emulator.cosem.server.members import Attribute
from emulator.cosem.server.methods import METHODS, Invocation
from emulator.cosem.server.object_store import ObjectStore
from emulator.dlms.data import Data, long_unsigned, octet_string
from emulator.dlms.data_types import DataType
from emulator.gbcs_device.cosem.duty import Called, Duty, ItemOutcome, Method, Read
from emulator.gbcs_device.cosem.meter_view import DeviceView, Living, MeterView
from emulator.gbcs_device.cosem.schedule_values import date_patterns, schedule_entries
from emulator.gbcs_device.cosem.unexecutable import executable, number, refused
from emulator.gbcs_device.execution import Command
from emulator.metering.date_patterns import DatePatterns
from emulator.metering.drifting_clock import moment_of
from emulator.metering.maximum_demand import MaximumDemand
from emulator.metering.randomised_offset import LARGEST_LIMIT, RandomisedOffset

_EXTENDED_REGISTER: Final = 4
_IMPORT: Final = parse_obis("1-0:1.6.0.255")
_WINDOW_IMPORT: Final = parse_obis("1-0:1.6.1.255")
_EXPORT: Final = parse_obis("1-0:2.6.0.255")
_WINDOW: Final = Attribute(10, parse_obis("0-0:12.0.0.255"), 2)
_WINDOW_ENTRIES: Final = 2
_BEGINS, _ENDS = 1, 2
"""Scripts with which the time begins and ends (ECS18b, ECS37)."""
_BILLING: Final = Attribute(22, parse_obis("0-0:15.0.0.255"), 4)
_BLOCK_RESETS: Final = Attribute(22, parse_obis("0-0:15.1.0.255"), 4)
_OFFSET: Final = Attribute(1, parse_obis("0-0:94.44.0.0"), 2)
_OFFSET_LIMIT: Final = Attribute(1, parse_obis("0-0:94.44.0.1"), 2)
_OFFSET_NUMBER: Final = Attribute(1, parse_obis("0-0:94.44.0.2"), 2)
_SECOND: Final = 1_000_000


class Offset(Living, Protocol):
    """What switches late."""

    def set_offset(self, microseconds: int) -> None:
        """Let everything switch so much later."""
        ...


Demand = Callable[[], MaximumDemand]


def demand_duty(store: ObjectStore, view: MeterView) -> Duty:
    """The duty of the maximum demand registers of one meter."""
    meter = view.meter
    demands: dict[bytes, Demand] = {
        _IMPORT: lambda: meter.demand,
        _WINDOW_IMPORT: lambda: meter.window_demand,
        _EXPORT: lambda: meter.export_demand,
    }
    reads: dict[Attribute, Read] = {}
    methods: dict[Method, Called] = {}
    for obis, demand in demands.items():
        reads |= _reads(store, view, obis, demand)
        methods[Method(_EXTENDED_REGISTER, obis, 1)] = _resetting(store, view, obis, demand)

    def set_window() -> None:
        window = window_of(store.value(_WINDOW))
        if window != meter.window_demand.window:
            meter.window_demand = MaximumDemand(*window)

    view.set_up_by("window", set_window)
    return Duty(
        name="demand",
        reads=reads,
        checks={_WINDOW: executable(window_of)},
        writes={_WINDOW: view.rewriting("window")},
        methods=methods,
    )


def periods_duty(store: ObjectStore, view: MeterView) -> Duty:
    """The duty of the billing calendar, and of the resetting of block counters."""

    def set_periods() -> None:
        billing, resets = (
            DatePatterns(date_patterns(store.value(each))) for each in (_BILLING, _BLOCK_RESETS)
        )
        view.meter.set_periods(billing, resets, view.now())

    view.set_up_by("periods", set_periods)
    times = (_BILLING, _BLOCK_RESETS)
    return Duty(
        name="periods",
        checks={each: executable(date_patterns) for each in times},
        writes={each: view.rewriting("periods") for each in times},
    )


def offset_duty(store: ObjectStore, view: DeviceView[Offset], offset: RandomisedOffset) -> Duty:
    """The duty of the randomised offset, which tariff switches are late by."""

    def seconds() -> int:
        return offset.seconds(min(LARGEST_LIMIT, number_of(store.value(_OFFSET_LIMIT))))

    def set_offset() -> None:
        view.meter.set_offset(seconds() * _SECOND)

    view.set_up_by("offset", set_offset)
    return Duty(
        name="offset",
        reads={
            _OFFSET: lambda _: long_unsigned(seconds()),
            _OFFSET_NUMBER: lambda _: octet_string(offset.number),
        },
        checks={_OFFSET_LIMIT: executable(lambda value: offset.seconds(number(value)))},
        writes={_OFFSET_LIMIT: view.rewriting("offset")},
    )


def window_of(entries: Data) -> tuple[int, int]:
    """First and last minute of the time for which maximum demand is kept (ECS37); none is 0, 0.

    Raises:
        UnexecutableError: when it does not begin and end once a day.
        UsageError: when a minute is no multiple of thirty.
    """
    found = schedule_entries(entries)
    if not found:
        return 0, 0
    minutes = {each.selector: each.minute for each in found}
    if len(found) != _WINDOW_ENTRIES or sorted(minutes) != [_BEGINS, _ENDS]:
        raise refused("time of maximum demand: expected that it begins and ends once a day")
    first, last = minutes[_BEGINS], minutes[_ENDS]
    return MaximumDemand(first, last).window


def _reads(
    store: ObjectStore, view: MeterView, obis: bytes, demand: Demand
) -> dict[Attribute, Read]:
    value, captured = (Attribute(_EXTENDED_REGISTER, obis, member) for member in (2, 5))

    def power(_: Command) -> Data:
        view.measured()
        peak = demand().peak
        return Data(DataType.DOUBLE_LONG_UNSIGNED, 0 if peak is None else peak.power)

    def when(_: Command) -> Data:
        view.measured()
        peak = demand().peak
        if peak is None:
            return store.value(captured)
        return octet_string(date_time_octets(moment_of(peak.ended)))

    return {value: power, captured: when}


def _resetting(store: ObjectStore, view: MeterView, obis: bytes, demand: Demand) -> Called:
    def reset(parameters: Data, command: Command) -> ItemOutcome:
        """The objects hold when it was reset; the meter looks for a new maximum."""
        view.measured()
        demand().reset()
        of_class = METHODS[_EXTENDED_REGISTER, 1]
        return ItemOutcome(of_class(Invocation(store, obis, parameters, command.moment)))

    return reset
