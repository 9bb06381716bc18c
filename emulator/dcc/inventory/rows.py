"""Records as rows of the database, and back."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, String

from emulator.dcc.inventory.device_kinds import DeviceKind, Generation
from emulator.dcc.inventory.evidence import (
    DeviceAlert,
    Evidence,
    LocalResponse,
    UserRequest,
    WanContact,
    WanResponse,
)
from emulator.dcc.inventory.records import (
    DeviceRecord,
    HistoryEntry,
    Model,
    PreNotification,
    StatusChange,
)
from emulator.dcc.inventory.schema import DEVICES
from emulator.dcc.inventory.statuses import Certainty, SmiStatus
from emulator.dcc.inventory.triggers import Trigger
from emulator.kernel.errors import LocalError
from emulator.kernel.identity import Eui64, format_eui64

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_STATUSES: Final = {status.value: status for status in SmiStatus}
_KINDS: Final = {kind.value: kind for kind in DeviceKind}
_GENERATIONS: Final = {generation.value: generation for generation in Generation}

_LIMITS: Final = {
    column.name: column.type.length or 0
    for column in DEVICES.columns
    if isinstance(column.type, String)
}

LISTED: Final = "listed"
REMOVED: Final = "removed"
MPXN_SET: Final = "mpxn set"


def to_micros(moment: datetime) -> int:
    """Microseconds since 1970 UTC.

    Raises:
        LocalError: when the moment has no time zone.
    """
    if moment.tzinfo is None:
        raise LocalError(f"moment {moment.isoformat()} has no time zone")
    return (moment - _EPOCH) // _MICROSECOND


def fitting(name: str, text: str) -> str:
    """The text of a column of `devices`, which it fits into.

    Raises:
        LocalError: when it is too long or not printable; the schema of DUIS allows neither.
    """
    limit = _LIMITS[name]
    if len(text) > limit or not text.isprintable():
        raise LocalError(f"{name} {text[:limit]!r}: expected at most {limit} printable characters")
    return text


def from_micros(count: int) -> datetime:
    """The UTC moment."""
    return _EPOCH + timedelta(microseconds=count)


def to_eui64(text: str) -> Eui64:
    """The EUI-64 in a row, which `format_eui64` wrote."""
    return Eui64(int(text.replace("-", ""), 16))


def device_record(row: Row[Any]) -> DeviceRecord:
    """The device in a row of `devices`."""
    return DeviceRecord(
        device=to_eui64(row.device),
        kind=_KINDS[row.kind],
        generation=_GENERATIONS[row.generation],
        status=_status(row.status),
        since=from_micros(row.since),
        resumes=_status(row.resumes),
        model=Model(row.manufacturer, row.model, row.firmware),
        notifier=to_eui64(row.notifier),
        notified=from_micros(row.notified),
        commissioned=None if row.commissioned is None else from_micros(row.commissioned),
        hub=None if row.hub is None else to_eui64(row.hub),
        mpxn=row.mpxn,
        export_mpxn=row.export_mpxn,
        uprn=row.uprn,
        postcode=row.postcode,
    )


def history_entry(row: Row[Any]) -> HistoryEntry:
    """The line in a row of `history`."""
    return HistoryEntry(
        number=row.number,
        device=to_eui64(row.device),
        before=_status(row.before),
        after=_status(row.after),
        moment=from_micros(row.moment),
        event=row.event,
        clause=row.clause,
        certainty=Certainty[row.certainty],
        evidence=row.evidence,
        source=row.source,
        message=bytes(row.message),
        received=None if row.received is None else from_micros(row.received),
    )


def _status(text: str | None) -> SmiStatus | None:
    return None if text is None else _STATUSES[text]


def new_device(
    told: PreNotification, status: SmiStatus | None, moment: datetime
) -> dict[str, object]:
    """The row of a device that was pre-notified at `moment`."""
    at = to_micros(moment)
    return {
        "device": format_eui64(told.device),
        "kind": told.kind.value,
        "generation": told.generation.value,
        "status": None if status is None else status.value,
        "since": at,
        "resumes": None,
        "manufacturer": fitting("manufacturer", told.model.manufacturer),
        "model": fitting("model", told.model.model),
        "firmware": fitting("firmware", told.model.firmware),
        "notifier": format_eui64(told.notifier),
        "notified": at,
        "commissioned": None,
        "hub": None if told.hub is None else format_eui64(told.hub),
        "mpxn": "",
        "export_mpxn": "",
        "uprn": "",
        "postcode": "",
    }


def changed_device(change: StatusChange, device: DeviceRecord) -> dict[str, object]:
    """What a change of status writes into the row of its device."""
    at = to_micros(change.moment)
    commissioned = device.commissioned
    if change.trigger in _COMMISSIONING and change.after is SmiStatus.COMMISSIONED:
        commissioned = change.moment
    resumes = device.status if change.after is SmiStatus.SUSPENDED else None
    return {
        "key": format_eui64(change.device),
        "new_status": change.after.value,
        "new_since": at,
        "new_resumes": None if resumes is None else resumes.value,
        "new_commissioned": None if commissioned is None else to_micros(commissioned),
    }


def details_of(device: DeviceRecord) -> dict[str, object]:
    """What users tell of a device, as its row takes it."""
    return {
        "key": format_eui64(device.device),
        "new_mpxn": fitting("mpxn", device.mpxn),
        "new_export_mpxn": fitting("export_mpxn", device.export_mpxn),
        "new_uprn": fitting("uprn", device.uprn),
        "new_postcode": fitting("postcode", device.postcode),
        "new_firmware": fitting("firmware", device.model.firmware),
    }


_COMMISSIONING: Final = (
    Trigger.COMMISSION_DEVICE,
    Trigger.JOIN_SERVICE,
    Trigger.WAN_CONTACT,
    Trigger.STATUS_UPDATED,
)
"""Triggers that commission; the end of a suspension does not do so anew."""


def history_of_change(change: StatusChange, evidence: Evidence | None) -> dict[str, object]:
    """The line that a change of status adds."""
    return {
        "device": format_eui64(change.device),
        "before": None if change.before is None else change.before.value,
        "after": change.after.value,
        "moment": to_micros(change.moment),
        "event": change.trigger.name,
        "clause": change.clause,
        "certainty": change.certainty.name,
        **_evidence(evidence),
    }


def history_of_listing(
    told: PreNotification, status: SmiStatus | None, moment: datetime
) -> dict[str, object]:
    """The line that a pre-notification adds."""
    return {
        "device": format_eui64(told.device),
        "before": None,
        "after": None if status is None else status.value,
        "moment": to_micros(moment),
        "event": LISTED,
        "clause": "DUIS 5.4 SRV 12.2",
        "certainty": Certainty.SOURCED.name,
        **_evidence(UserRequest("12.2", told.notifier, moment)),
    }


def history_of_removal(device: DeviceRecord, evidence: UserRequest) -> dict[str, object]:
    """The line that a removal adds."""
    return {
        "device": format_eui64(device.device),
        "before": None if device.status is None else device.status.value,
        "after": None,
        "moment": to_micros(evidence.received),
        "event": REMOVED,
        "clause": "DUIS 5.4 SRV 8.4",
        "certainty": Certainty.SOURCED.name,
        **_evidence(evidence),
    }


def history_of_mpxn(
    device: DeviceRecord, evidence: Evidence, moment: datetime
) -> dict[str, object]:
    """The line that a response to Set Device Configuration (Import MPxN) adds."""
    status = None if device.status is None else device.status.value
    return {
        "device": format_eui64(device.device),
        "before": status,
        "after": status,
        "moment": to_micros(moment),
        "event": MPXN_SET,
        "clause": "SEC App. AC 4.14",
        "certainty": Certainty.SOURCED.name,
        **_evidence(evidence),
    }


def _evidence(evidence: Evidence | None) -> dict[str, object]:
    source, message = "", b""
    match evidence:
        case WanResponse(hub=hub, message=message) | DeviceAlert(hub=hub, message=message):
            source = format_eui64(hub)
        case WanContact(hub=hub):
            source = format_eui64(hub)
        case UserRequest(user=user):
            source = format_eui64(user)
        case LocalResponse(message=message):
            pass
        case None:
            pass
    return {
        "evidence": "" if evidence is None else type(evidence).__name__,
        "source": source,
        "message": message,
        "received": None if evidence is None else to_micros(evidence.received),
    }
