"""Voltage as a meter averages, logs and watches it (GBCS ECS23, ECS29; SMETS2 5.7.4.35 to 44).

Thresholds are in volts, as reference messages show. Unverified: that periods are in seconds, and
that a threshold or period of zero is none.
"""

from typing import Final

from emulator.cosem.logical_names import parse_obis
from emulator.cosem.server.made_values import log_of, number_of
from emulator.cosem.server.members import Attribute
from emulator.cosem.server.object_store import ObjectStore
from emulator.dlms.data import Data
from emulator.dlms.data_types import DataType
from emulator.gbcs_device.cosem.duty import Called, Duty, Entries, ItemOutcome, Method, Read
from emulator.gbcs_device.cosem.meter_view import MeterView
from emulator.gbcs_device.execution import Command
from emulator.kernel.units import seconds
from emulator.metering.voltage_monitor import Threshold, VoltageEvent, VoltageSettings

_VOLT: Final = 1_000
"""Millivolts."""
_SECOND: Final = 1_000_000
_PHASES: Final = ("32", "52", "72")
_LIMITERS: Final = {
    VoltageEvent.EXTREME_OVER: parse_obis("0-0:17.0.1.255"),
    VoltageEvent.EXTREME_UNDER: parse_obis("0-0:17.0.2.255"),
    VoltageEvent.SAG: parse_obis("0-0:17.0.3.255"),
    VoltageEvent.SWELL: parse_obis("0-0:17.0.4.255"),
}
_THRESHOLD, _LASTING = 4, 6


def voltage_duty(store: ObjectStore, view: MeterView) -> Duty:
    """The duty of the voltage objects of one meter, for as many phases as it has."""
    phases = [
        group
        for group in _PHASES
        if store.has_attribute(Attribute(7, parse_obis(f"1-0:{group}.24.0.255"), 2))
    ]
    reads: dict[Attribute, Read] = {}
    logs: dict[Attribute, Entries] = {}
    methods: dict[Method, Called] = {}
    for phase, group in enumerate(phases):
        under, over = (parse_obis(f"1-0:{group}.{each}.0.4") for each in (32, 36))
        reads[Attribute(3, under, 2)] = _counter(view, phase, "under")
        reads[Attribute(3, over, 2)] = _counter(view, phase, "over")
        methods[Method(3, under, 1)] = _reset(view, phase, "under")
        methods[Method(3, over, 1)] = _reset(view, phase, "over")
        buffer = Attribute(7, parse_obis(f"1-0:{group}.24.0.255"), 2)
        logs[buffer] = _log(store, view, phase, buffer)

    def set_up() -> None:
        view.meter.voltage.set_up([_settings(store, group) for group in phases], view.now())

    view.set_up_by("voltage", set_up)
    settings = [
        *(Attribute(71, each, member) for each in _LIMITERS.values() for member in (4, 6)),
        *(Attribute(7, parse_obis(f"1-0:{group}.24.0.255"), 4) for group in phases),
        *(
            Attribute(1, parse_obis(f"1-0:{group}.{each}.0.4"), 2)
            for group in phases
            for each in (31, 35)
        ),
    ]
    return Duty(
        name="voltage",
        reads=reads,
        logs=logs,
        writes=dict.fromkeys(settings, view.rewriting("voltage")),
        methods=methods,
    )


def _settings(store: ObjectStore, group: str) -> VoltageSettings:
    def held(class_id: int, name: bytes, member: int) -> int:
        return number_of(store.value(Attribute(class_id, name, member)))

    period = held(7, parse_obis(f"1-0:{group}.24.0.255"), 4)
    under, over = (held(1, parse_obis(f"1-0:{group}.{each}.0.4"), 2) for each in (31, 35))
    return VoltageSettings(
        period=seconds(period) if period else None,
        average_over=over * _VOLT or None,
        average_under=under * _VOLT or None,
        thresholds=tuple(
            Threshold(event, limit * _VOLT, seconds(held(71, limiter, _LASTING)))
            for event, limiter in _LIMITERS.items()
            if (limit := held(71, limiter, _THRESHOLD))
        ),
    )


def _counter(view: MeterView, phase: int, name: str) -> Read:
    def count(_: Command) -> Data:
        monitor = view.measured().voltage.phases[phase]
        return Data(
            DataType.DOUBLE_LONG_UNSIGNED, monitor.over if name == "over" else monitor.under
        )

    return count


def _reset(view: MeterView, phase: int, name: str) -> Called:
    def reset(_: Data, __: Command) -> ItemOutcome:
        monitor = view.measured().voltage.phases[phase]
        if name == "over":
            monitor.over = 0
        else:
            monitor.under = 0
        return ItemOutcome()

    return reset


def _log(store: ObjectStore, view: MeterView, phase: int, buffer: Attribute) -> Entries:
    def entries(first: int, last: int) -> Data:
        meter = view.measured()
        rows = (
            (meter.own(each.ended) // _SECOND, each.millivolts // _VOLT)
            for each in meter.voltage.phases[phase].averages
        )
        return log_of(store.value(buffer), [row for row in rows if first <= row[0] <= last])

    return entries
