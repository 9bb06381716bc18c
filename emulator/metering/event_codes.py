"""What an electricity meter tells of itself, as GBCS numbers events and alerts (GBCS 16.2)."""

from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple

from emulator.metering.auxiliary_controllers import LimitChange


class EventCode(IntEnum):
    """Codes of events that follow from what is measured and paid for."""

    AVERAGE_OVER_VOLTAGE = 0x8002
    AVERAGE_UNDER_VOLTAGE = 0x8006
    EXTREME_OVER_VOLTAGE = 0x8020
    VOLTAGE_SWELL = 0x8024
    EXTREME_UNDER_VOLTAGE = 0x8028
    VOLTAGE_SAG = 0x802C
    AVERAGE_OVER_VOLTAGE_ENDED = 0x8085
    AVERAGE_UNDER_VOLTAGE_ENDED = 0x8089
    EXTREME_OVER_VOLTAGE_ENDED = 0x808D
    VOLTAGE_SWELL_ENDED = 0x8091
    EXTREME_UNDER_VOLTAGE_ENDED = 0x8095
    VOLTAGE_SAG_ENDED = 0x8099
    LOW_CREDIT = 0x810D
    CREDIT_ADDED_LOCALLY = 0x810E
    EMERGENCY_CREDIT_AVAILABLE = 0x8119
    LOAD_SWITCH_FAILED = 0x811A
    LOAD_SWITCH_REACHED = 0x8131
    CLOCK_ADJUSTED = 0x8145
    HOME_REQUEST_DONE = 0x8154
    HOME_REQUEST_REFUSED = 0x8155
    USER_INPUT_DONE = 0x8161
    USER_INPUT_FAILED = 0x8162
    TIME_DEBT_1_COLLECTED = 0x81A7
    TIME_DEBT_2_COLLECTED = 0x81A8
    PAYMENT_DEBT_COLLECTED = 0x81A9
    EMERGENCY_CREDIT_EXHAUSTED = 0x81AA
    EMERGENCY_CREDIT_ACTIVATED = 0x81AB
    METER_COVER_CLOSED = 0x81B9
    MAGNETIC_FIELD_REMOVED = 0x81BC
    TERMINAL_COVER_CLOSED = 0x81C1
    SUPPLY_LOCKED_BY_TAMPER = 0x81BE
    MANUAL_ENTRY_SUSPENDED = 0x81C4
    UTRN_LOCKED_OUT = 0x81C5
    CLOCK_OUTSIDE_TOLERANCE = 0x81C6
    LOAD_LIMIT_EXCEEDED = 0x8F01
    BILLING_DATA_LOG_UPDATED = 0x8F0A
    CLOCK_NOT_ADJUSTED = 0x8F0C
    CREDIT_BELOW_DISABLEMENT_THRESHOLD = 0x8F0F
    SUPPLY_ARMED = 0x8F32
    SUPPLY_DISABLED_BY_LOAD_LIMIT = 0x8F33
    SUPPLY_ENABLED_AFTER_LOAD_LIMIT = 0x8F34
    SUPPLY_OUTAGE_RESTORED = 0x8F35
    LONG_SUPPLY_OUTAGE_RESTORED = 0x8F36
    MAXIMUM_BALANCE_EXCEEDED = 0x8F47
    DUPLICATE_UTRN = 0x8F51
    EVENT_LOG_CLEARED = 0x8F52
    MAXIMUM_CREDIT_EXCEEDED = 0x8F5B
    UTRN_NOT_AUTHENTIC = 0x8F63
    UTRN_NOT_FOR_THIS_DEVICE = 0x8F64
    METER_COVER_REMOVED = 0x8F74
    STRONG_MAGNETIC_FIELD = 0x8F75
    TERMINAL_COVER_REMOVED = 0x8F76
    DISABLEMENT_SUSPENDED = 0x8F83
    APC_LEVEL_LIMITED = 0x8F86
    APC_LIMIT_ENDED = 0x8F87


class MeterEvent(NamedTuple):
    """Something that happened.

    Args:
        own: when, own time of the meter.
        code: alert code.
        since: own time at which it began, of an outage.
        limit: that began or ended, of an auxiliary controller.
        controller: on which a switch hangs, of what that said.
        data: what the event log says beside it.
    """

    own: int
    code: int
    since: int | None = None
    limit: LimitChange | None = None
    controller: int | None = None
    data: bytes = b""


def limit_events(changes: Iterable[LimitChange]) -> list[MeterEvent]:
    """What is told of limits that begin and end (GBCS ECS101, ECS102)."""
    return [
        MeterEvent(
            each.own,
            EventCode.APC_LIMIT_ENDED if each.limit is None else EventCode.APC_LEVEL_LIMITED,
            limit=each,
        )
        for each in changes
    ]
