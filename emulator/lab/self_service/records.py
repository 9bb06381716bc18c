"""Devices, incidents and e-mails as JSON has them: what pages and programs are told of them."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from emulator.dcc.incidents.email_desk import CodeRequest, EmailDesk
from emulator.dcc.incidents.incident_desk import IncidentDesk
from emulator.dcc.incidents.permissions import PERMISSIONS, Action
from emulator.dcc.incidents.records import Incident
from emulator.dcc.inventory.records import DeviceRecord, HistoryEntry
from emulator.kernel.identity import Eui64, format_eui64

Name = Callable[[Eui64], str]
"""What a party or device is called."""


def device(record: DeviceRecord, name: Name, hub: Eui64 | None) -> dict[str, Any]:
    """A device; no install code is ever in it."""
    return {
        "eui64": format_eui64(record.device),
        "name": name(record.device),
        "type": record.kind.value,
        "generation": record.generation.value,
        "status": None if record.status is None else record.status.value,
        "since": _moment(record.since),
        "commissioned": None if record.commissioned is None else _moment(record.commissioned),
        "manufacturer": record.model.manufacturer,
        "model": record.model.model,
        "firmware": record.model.firmware,
        "hub": None if hub is None else format_eui64(hub),
        "mpxn": record.mpxn,
        "export_mpxn": record.export_mpxn,
        "uprn": record.uprn,
        "postcode": record.postcode,
        "notifier": name(record.notifier),
        "notified": _moment(record.notified),
    }


def history(lines: Iterable[HistoryEntry]) -> list[dict[str, Any]]:
    """The history of a device, oldest first."""
    return [
        {
            "moment": _moment(each.moment),
            "event": each.event,
            "before": None if each.before is None else each.before.value,
            "after": None if each.after is None else each.after.value,
            "clause": each.clause,
            "evidence": each.evidence,
            "source": each.source,
        }
        for each in lines
    ]


def incident(
    one: Incident, desk: IncidentDesk, who: Eui64, moment: datetime, name: Name
) -> dict[str, Any]:
    """An incident, and what its reader may do to it."""
    part = desk.part(one, who)
    is_open = one.outcome is None
    return {
        "number": one.number,
        "device": format_eui64(one.device),
        "device_name": name(one.device),
        "creator": name(one.creator),
        "assignee": name(one.assignee),
        "created": _moment(one.created),
        "due": _moment(one.due),
        "punctuality": desk.punctuality(one.number, moment).name,
        "outcome": None if one.outcome is None else one.outcome.name,
        "you": part.value,
        "may": [
            each.name.lower()
            for each in Action
            if PERMISSIONS[part, each].allowed and (is_open or each is Action.READ)
        ],
        "notes": [
            {
                "author": name(each.author),
                "moment": _moment(each.moment),
                "text": each.text,
                "install_code": _code(each.install_code),
            }
            for each in one.notes
        ],
    }


def code_request(
    mail: CodeRequest, desk: EmailDesk, who: Eui64, moment: datetime, name: Name
) -> dict[str, Any]:
    """An e-mail that asks for a code, and what its reader may do."""
    (about, *_) = mail.devices
    return {
        "number": mail.number,
        "device": format_eui64(about),
        "device_name": name(about),
        "creator": name(mail.gainer),
        "assignee": name(mail.asked),
        "created": _moment(mail.received),
        "due": _moment(mail.due),
        "punctuality": desk.punctuality(mail.number, about, moment).name,
        "outcome": None,
        "you": "who wrote it" if who == mail.gainer else "the one it was written to",
        "may": ["read", "add_note"] if who == mail.asked else ["read"],
        "notes": [
            {
                "author": name(mail.asked),
                "moment": _moment(each.moment),
                "text": "" if each.install_code else "not the installer",
                "install_code": _code(each.install_code),
            }
            for each in mail.replies
        ],
    }


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _code(code: bytes | None) -> str | None:
    return None if code is None else code.hex().upper()
