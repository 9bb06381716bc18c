"""Logs of an electricity meter as COSEM buffers (GBCS ECS20b to ECS22c, ECS66; 18.2.1).

They are made from what was measured when a remote party reads. The time stamp of an entry is the
end of its half hour or day, which is unverified.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from emulator.cosem.logical_names import parse_obis
from emulator.cosem.server.made_values import Numbers, log_of
from emulator.cosem.server.members import Attribute
from emulator.cosem.server.object_store import ObjectStore
from emulator.dlms.data import Data
from emulator.gbcs_device.cosem.duty import Duty, Entries
from emulator.gbcs_device.cosem.meter_view import MeterView
from emulator.metering.electricity_meter import ElectricityMeter
from emulator.metering.interval_log import IntervalLog
from emulator.metering.quantities import Channel
from emulator.metering.register_reads import RegisterRead
from emulator.metering.tariff_matrix import (
    BLOCK_TIMES_OF_USE,
    BLOCKS,
    SECOND_TIMES_OF_USE,
    TIMES_OF_USE,
)

_SECOND: Final = 1_000_000


def _buffer(logical_name: str) -> Attribute:
    return Attribute(7, parse_obis(logical_name), 2)


PROFILE: Final = _buffer("0-0:99.1.0.255")
EXPORT_PROFILE: Final = _buffer("0-0:99.1.1.255")
REACTIVE_PROFILE: Final = _buffer("0-0:99.1.2.255")
DAILY_CONSUMPTION: Final = _buffer("0-0:99.1.3.255")
BILLING: Final = _buffer("0-0:98.1.0.255")
PREPAYMENT_BILLING: Final = _buffer("0-0:98.1.1.255")
CHANGES: Final = _buffer("0-0:98.1.2.255")
PREPAYMENT_DAILY: Final = _buffer("0-0:98.1.8.255")
DAILY: Final = _buffer("0-0:98.1.9.255")
EXPORT_DAILY: Final = _buffer("0-0:98.1.10.255")

_Row = Callable[[RegisterRead], Numbers]
_Look = Callable[[ElectricityMeter], tuple[RegisterRead, ...]]
_Entries = Callable[[int, int], Iterator[Numbers]]


def measured_logs_duty(store: ObjectStore, view: MeterView) -> Duty:
    """The duty of the logs of one meter.

    Args:
        store: the objects, which say of what types the entries are.
        view: of the meter.
    """
    logs = {**_interval_logs(view), **_read_logs(view)}

    def entries(attribute: Attribute, made: _Entries) -> Entries:
        def buffer(first: int, last: int) -> Data:
            return log_of(store.value(attribute), tuple(made(first, last)))

        return buffer

    return Duty(
        name="measured logs",
        logs={
            attribute: entries(attribute, made)
            for attribute, made in logs.items()
            if store.has_attribute(attribute)
        },
    )


def _interval_logs(view: MeterView) -> Mapping[Attribute, _Entries]:
    measured = view.measured
    twin = (Channel.SECONDARY_IMPORT,) if view.meter.second is not None else ()
    active = (Channel.ACTIVE_IMPORT, *twin)

    def profile(*channels: Channel) -> _Entries:
        def entries(first: int, last: int) -> Iterator[Numbers]:
            meters = measured().meter.channels
            return iter(_intervals([meters[each].profile for each in channels], first, last))

        return entries

    def consumption(first: int, last: int) -> Iterator[Numbers]:
        meters = measured().meter.channels
        for ended, *counts in _intervals([meters[each].daily for each in active], first, last):
            yield ended, sum(counts)

    return {
        PROFILE: profile(*active),
        EXPORT_PROFILE: profile(Channel.ACTIVE_EXPORT, Channel.REACTIVE_EXPORT),
        REACTIVE_PROFILE: profile(Channel.REACTIVE_IMPORT),
        DAILY_CONSUMPTION: consumption,
    }


def _read_logs(view: MeterView) -> Mapping[Attribute, _Entries]:
    twin = view.meter.second is not None

    def reads(look: _Look, row: _Row) -> _Entries:
        return partial(_reads, view.measured, look, row)

    full, money = (lambda each: registers_row(each, twin=twin)), balances_row
    return {
        BILLING: reads(lambda meter: meter.bills, full),
        PREPAYMENT_BILLING: reads(lambda meter: _prepaid(meter.bills), money),
        CHANGES: reads(
            lambda meter: tuple(meter.changes),
            lambda each: (*registers_row(each, twin=twin), *balances_row(each)[1:]),
        ),
        PREPAYMENT_DAILY: reads(lambda meter: _prepaid(tuple(meter.daily.entries)), money),
        DAILY: reads(lambda meter: tuple(meter.daily.entries), full),
        EXPORT_DAILY: reads(
            lambda meter: tuple(meter.daily.entries),
            lambda each: (each.own // _SECOND, each.exported),
        ),
    }


def _reads(
    measured: Callable[[], ElectricityMeter], look: _Look, row: _Row, first: int, last: int
) -> Iterator[Numbers]:
    for each in look(measured()):
        if first <= each.own // _SECOND <= last:
            yield row(each)


def registers_row(read: RegisterRead, *, twin: bool) -> tuple[Numbers, ...]:
    """An entry of the daily read log or the billing data log (GBCS 18.2.1)."""
    return (
        read.own // _SECOND,
        read.imported,
        *((read.secondary,) if twin else ()),
        times_of_use(read.time_of_use, TIMES_OF_USE),
        *((times_of_use(read.second_element, SECOND_TIMES_OF_USE),) if twin else ()),
        *block_rows(read.blocks, BLOCK_TIMES_OF_USE),
    )


def balances_row(read: RegisterRead) -> tuple[Numbers, ...]:
    """An entry of the prepayment daily read log (GBCS 18.2.1)."""
    held = read.balances
    return (
        read.own // _SECOND,
        held.emergency,
        held.balance,
        held.payment_debt,
        *held.time_debts,
        held.accumulated_debt,
    )


def times_of_use(registers: tuple[tuple[int, int], ...], number: int) -> tuple[int, ...]:
    """Registers 1 to `number`, in order."""
    held = dict(registers)
    return tuple(held.get(register, 0) for register in range(1, number + 1))


def block_rows(blocks: tuple[tuple[int, int, int], ...], number: int) -> list[tuple[int, ...]]:
    """For each block its registers 1 to `number`, in order."""
    held = {(block, time): counts for block, time, counts in blocks}
    return [
        tuple(held.get((block, time), 0) for time in range(1, number + 1))
        for block in range(BLOCKS)
    ]


def _prepaid(reads: tuple[RegisterRead, ...]) -> tuple[RegisterRead, ...]:
    return tuple(each for each in reads if each.prepaid)


def _intervals(logs: Sequence[IntervalLog], first: int, last: int) -> Iterator[list[int]]:
    """The intervals that ended from one second to another: when, and what each log says of it."""
    length = logs[0].length
    since, until = first * _SECOND - length, last * _SECOND
    for entries in zip(*(log.entries(since, until) for log in logs), strict=True):
        ended = (entries[0].interval + 1) * length // _SECOND
        yield [ended, *(each.counts for each in entries)]
