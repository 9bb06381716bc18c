"""What a device does about an event: write it down, and tell remote parties (ZSE 1.4 Annex D).

Events 80xx and 81xx are configured, three bits for the log and a bit for each way of telling;
those of 8Fxx are always told.
"""

from enum import IntFlag
from typing import Final

from emulator.gbcs_device.gbz.state.event_logs import GENERAL_LOG, SECURITY_LOG
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.gbcs_device.primitives import AlertRequest
from emulator.gbcs_device.security_codes import METER_SECURITY_CODES
from emulator.gbcs_device.unlogged_codes import UNLOGGED_CODES
from emulator.zcl.payloads.events import LoggedEvent

COMMAND_SUCCEEDED: Final = 0x8154
"""A command of a device on the HAN was carried out (GBCS 16.2)."""
COMMAND_FAILED: Final = 0x8155
CONTENT_OF_PROXY_FAILED: Final = 0x819E
"""What the gas proxy function should have taken over from a command could not be (GBCS 16.2)."""
_CONFIGURABLE: Final = (0x80, 0x81)
_LOG_MASK: Final = 0x07


class EventAction(IntFlag):
    """Ways of telling of an event, as its configuration numbers them (RTDS 4.5.0, GCS20r)."""

    TELL_WAN = 0x08
    TELL_HAN = 0x10


def note_in_security_log(store: MeterStore, code: int, moment: int) -> None:
    """Write down that something happened to the security of a device.

    Args:
        store: of the device.
        code: of the event.
        moment: seconds since 2000.
    """
    entry = LoggedEvent(log_id=SECURITY_LOG, event_id=code, event_time=moment, event_data=b"")
    store.events.add(entry)


def report_event(
    store: MeterStore, event_id: int, moment: int, data: bytes = b""
) -> tuple[AlertRequest, ...]:
    """Do about an event what its configuration says.

    Args:
        store: of the device.
        event_id: which event.
        moment: seconds since 2000.
        data: what the log says beside it, such as a message code.
    """
    configurable = event_id >> 8 in _CONFIGURABLE
    unless_configured = store.settings.unconfigured_event
    if event_id in UNLOGGED_CODES:
        unless_configured &= ~_LOG_MASK
    configuration = store.event_configurations.configurations.get(event_id, unless_configured)
    log = configuration & _LOG_MASK if configurable else _log_of(event_id)
    if log in (GENERAL_LOG, SECURITY_LOG):
        store.events.add(
            LoggedEvent(log_id=log, event_id=event_id, event_time=moment, event_data=data)
        )
    told = not configurable or bool(configuration & EventAction.TELL_WAN)
    return (AlertRequest(event_id),) if told else ()


def _log_of(event_id: int) -> int:
    """The log of an event that nobody configures; 0 for none."""
    if event_id in METER_SECURITY_CODES:
        return SECURITY_LOG
    return 0 if event_id in UNLOGGED_CODES else GENERAL_LOG
