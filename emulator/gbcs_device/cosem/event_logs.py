"""What a meter does with what happens to it: writes it down, and tells remote parties (GBCS 16).

Events that a supplier or a network operator configures (81nn, 80nn) are told over the WAN when
their bit is set (ECS25a, ECS25b); all others always are. Which log an event goes to is read off the
logs in the reference messages (ECS35a, ECS35b, ECS35e); what switches on the HAN say goes to the
log of controllers. That bit n of the settings is the event whose code ends with n, counted from the
first bit, is unverified.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from emulator.cosem.date_times import NEVER
from emulator.cosem.logical_names import parse_obis
from emulator.cosem.moments import date_time_octets, seconds_of
from emulator.cosem.server.made_values import Numbers, appended
from emulator.cosem.server.members import Attribute
from emulator.cosem.server.object_store import ObjectStore
from emulator.dlms.data import (
    BitString,
    CompactArray,
    Data,
    octet_string,
    structure,
    unsigned,
)
from emulator.dlms.data_coding import encode_data
from emulator.gbcs_device.cosem.controllers_log import SwitchOutcome, note_switch_outcome
from emulator.gbcs_device.primitives import AlertRequest
from emulator.gbcs_device.security_codes import METER_SECURITY_CODES
from emulator.gbcs_device.unlogged_codes import UNLOGGED_CODES
from emulator.metering.auxiliary_controllers import ALWAYS, LimitChange
from emulator.metering.drifting_clock import moment_of
from emulator.metering.event_codes import EventCode, MeterEvent

EVENT_LOG: Final = Attribute(7, parse_obis("0-0:99.98.0.255"), 2)
SECURITY_LOG: Final = Attribute(7, parse_obis("0-0:99.98.1.255"), 2)
POWER_LOG: Final = Attribute(7, parse_obis("0-0:99.98.4.255"), 2)
ENTRIES: Final = 100
"""Of each log (use-case annex of GBCS, ECS35a)."""
_SECOND: Final = 1_000_000
_WAN_SETTINGS: Final[Mapping[int, Attribute]] = MappingProxyType(
    {
        0x81: Attribute(1, parse_obis("0-30:97.98.15.255"), 2),
        0x80: Attribute(1, parse_obis("0-33:97.98.15.255"), 2),
    }
)
"""By the high octet of a code (ECS25r1, ECS25r2)."""
_POWER_GROUP: Final = 0x80
_OF_SWITCHES: Final[Mapping[int, SwitchOutcome]] = MappingProxyType(
    {
        EventCode.LOAD_SWITCH_REACHED: SwitchOutcome.SUCCESS,
        EventCode.LOAD_SWITCH_FAILED: SwitchOutcome.FAILURE,
    }
)
"""Events of the log of controllers, not the event log (Aclara SGM1430-B, appendix A: 811A)."""
_POWER: Final = frozenset({EventCode.SUPPLY_OUTAGE_RESTORED, EventCode.LONG_SUPPLY_OUTAGE_RESTORED})


class EventLogs:
    """The event log, security log and power event log of one meter.

    Args:
        store: its objects.
        billing: gives the billing data log, of which the last entry is pushed (ECS68).
    """

    def __init__(self, store: ObjectStore, billing: Callable[[], Data] | None = None) -> None:
        self._store = store
        self._billing = billing

    def record(self, event: MeterEvent) -> tuple[AlertRequest, ...]:
        """Write an event down; the alert that tells of it, if it is told."""
        if event.code in _OF_SWITCHES:
            if event.controller is not None:
                outcome = _OF_SWITCHES[event.code]
                note_switch_outcome(self._store, event.own, event.controller, outcome)
        elif event.code not in UNLOGGED_CODES:
            self._write(event)
        if not self._told(event.code):
            return ()
        return (AlertRequest(event.code, self._content(event)),)

    def _write(self, event: MeterEvent) -> None:
        log, entry = self._entry(event)
        if self._store.has_attribute(log):
            self._store.hold(log, appended(self._store.value(log), entry, ENTRIES))

    def _content(self, event: MeterEvent) -> bytes:
        """The payload's own part."""
        if event.code != EventCode.BILLING_DATA_LOG_UPDATED or self._billing is None:
            return _content(event)
        log = self._billing()
        if not isinstance(log.value, CompactArray):
            return b""
        last = log.value._replace(elements=log.value.elements[-1:])
        return encode_data(structure(log._replace(value=last)))

    def _entry(self, event: MeterEvent) -> tuple[Attribute, Numbers]:
        code, seconds, since = event.code, event.own // _SECOND, event.since
        if code in METER_SECURITY_CODES:
            return SECURITY_LOG, (seconds, code)
        if code >> 8 == _POWER_GROUP or code in _POWER:
            began = 0 if since is None else since // _SECOND
            return POWER_LOG, (seconds, code, began)
        return EVENT_LOG, (seconds, code, event.data)

    def _told(self, code: int) -> bool:
        settings = _WAN_SETTINGS.get(code >> 8)
        if settings is None:
            return True
        held = self._store.value(settings).value if self._store.has_attribute(settings) else None
        bits = held.bits if isinstance(held, BitString) else ""
        return bits[code & 0xFF :][:1] == "1"


def note_in_security_log(store: ObjectStore, code: int, moment: datetime) -> None:
    """Write down that something happened to the security of a device, where it has a log for that.

    Args:
        store: its objects.
        code: of the event.
        moment: the device's own time, UTC.
    """
    if store.has_attribute(SECURITY_LOG):
        entry: Numbers = (seconds_of(moment), code)
        store.hold(SECURITY_LOG, appended(store.value(SECURITY_LOG), entry, ENTRIES))


def _limit(change: LimitChange) -> tuple[Data, ...]:
    """Direction and controller, from when to when for one that begins, and what results."""
    limit = change.limit
    times = () if limit is None else (limit.start, limit.end)
    return (
        unsigned(change.port.number),
        *(octet_string(_moment(own)) for own in times),
        unsigned(change.level),
    )


def _moment(own: int) -> bytes:
    return NEVER if own >= ALWAYS else date_time_octets(moment_of(own))


def _content(event: MeterEvent) -> bytes:
    """The payload's own part: when an outage was (ECS80), or a limit (ECS101, ECS102)."""
    if event.limit is not None:
        return b"".join(encode_data(each) for each in _limit(event.limit))
    if event.code != EventCode.LONG_SUPPLY_OUTAGE_RESTORED or event.since is None:
        return b""
    times = (event.since, event.own)
    return b"".join(encode_data(octet_string(date_time_octets(moment_of(own)))) for own in times)
