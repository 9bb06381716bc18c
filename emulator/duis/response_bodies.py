"""What the DCC itself answers, and what its alerts say, as DUIS writes it (DUIS 5.4).

Where the emulated DCC does not know all that an element must have, nothing is written: a document
that the schema refuses helps nobody.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from emulator.dcc.alerts.announcements import BREACH, RESTORED_LOG, STATUS_CHANGE
from emulator.dcc.requests.firmware_lists import FirmwareLists
from emulator.dcc.requests.schedules import Schedule
from emulator.dcc.service_request import DccAlert, ServiceRequest
from emulator.dcc.wan_coverage import CoverageAnswer
from emulator.duis.tree import Node
from emulator.kernel.identity import format_eui64

_DEVICE: Final = (
    "DeviceID",
    "DeviceType",
    "DeviceStatus",
    "DeviceManufacturer",
    "DeviceModel",
    "DeviceFirmwareVersion",
    "CPLStatus",
    "DateCommissioned",
    "ImportMPxN",
    "ExportMPAN",
    "UPRN",
)
"""What is told of a device, in the order of the schema."""


def own_answer(request: ServiceRequest, body: object) -> Node | None:
    """What the DCC answers to a request for no device; None where it has nothing to say."""
    write = _ANSWERS.get(request.srv)
    return None if write is None or body is None else write(request, body)


def alert_payload(alert: DccAlert) -> Node | None:
    """What a DCC alert says; None where the emulated DCC does not know all that it must say."""
    write = _ALERTS.get(alert.family)
    return None if write is None else write(alert.payload)


def alert_families() -> frozenset[str]:
    """The kinds of DCC alerts that are ever written, as DUIS names them."""
    return frozenset(_ALERTS)


def _inventory(request: ServiceRequest, body: object) -> Node | None:
    del request
    devices = tuple(_device(each) for each in _items(body) if isinstance(each, Mapping))
    return Node("DSPInventory", parts=devices) if devices else None


def _device(described: Mapping[str, object]) -> Node:
    parts = (Node(name, _text(described.get(name))) for name in _DEVICE)
    return Node("Device", parts=tuple(part for part in parts if part.text))


def _schedule_number(request: ServiceRequest, body: object) -> Node | None:
    del request
    number = body.get("DSPScheduleID") if isinstance(body, Mapping) else None
    return None if number is None else Node("DSPScheduleID", str(number))


def _schedules(request: ServiceRequest, body: object) -> Node | None:
    del request
    schedules = (each for each in _items(body) if isinstance(each, Schedule))
    read = tuple(_schedule(each, *each.asked) for each in schedules if each.asked is not None)
    return Node("DSPSchedulesRead", parts=read) if read else None


def _schedule(schedule: Schedule, name: str, content: object) -> Node:
    details = {
        "ScheduleFrequency": schedule.frequency.value,
        "ScheduleStartDate": schedule.start.isoformat(),
        "ScheduleEndDate": "" if schedule.end is None else schedule.end.isoformat(),
        "ScheduleExecutionStartTime": schedule.at.isoformat(),
        "DSPScheduledServiceReference": ".".join(schedule.srv.split(".")[:2]),
        "DSPScheduledServiceReferenceVariant": schedule.srv,
        "DeviceID": format_eui64(schedule.device),
    }
    parts = tuple(Node(key, text) for key, text in details.items() if text)
    told = Node("DSPScheduleDetails", parts=(*parts, _written(name, content)))
    number = Node("DSPScheduleID", str(schedule.number))
    return Node("DSPSchedules", parts=(number, told))


def _coverage(request: ServiceRequest, body: object) -> Node | None:
    regions = tuple(_region(each) for each in _items(body) if isinstance(each, CoverageAnswer))
    if not regions:
        return None
    return Node("DSPWANMatrix", parts=(_asked(request.parameters), *regions))


def _asked(parameters: Mapping[str, object]) -> Node:
    """The request again, as the reply repeats it."""
    return _written("Request", parameters)


def _written(name: str, content: object) -> Node:
    """What a request said, as an element again."""
    if not isinstance(content, Mapping):
        return Node(name, str(content))
    return Node(name, parts=tuple(_written(key, said) for key, said in content.items()))


def _firmware(request: ServiceRequest, body: object) -> Node | None:
    """Which devices will not get an image, and why."""
    if not isinstance(body, FirmwareLists) or not body.left_out:
        return None
    lists = {
        "InvalidDeviceIDList": body.invalid,
        "NotCommissionedDeviceIDList": body.not_commissioned,
    }
    parts = tuple(
        Node(name, ",".join(format_eui64(each) for each in devices))
        for name, devices in lists.items()
        if devices
    )
    return Node(_WARNINGS[request.srv], parts=parts)


def _region(answer: CoverageAnswer) -> Node:
    parts = [
        Node("CSPRegion", answer.region.value),
        Node("CSPRegionResponseCode", answer.response_code),
    ]
    if answer.available is not None and answer.technology and answer.likelihood is not None:
        said = {
            "CoverageAvailability": str(answer.available).lower(),
            "AnticipatedCoverageDate": _text(answer.anticipated),
            "WANTechnology": answer.technology,
            "ConnectivityLikelihood": answer.likelihood.value,
            "AuxiliaryEquipmentRequired": answer.auxiliary_equipment or "",
            "AdditionalInformation": answer.information or "",
        }
        parts += [Node(name, text) for name, text in said.items() if text]
    return Node("DSPWANMatrixResponse", parts=tuple(parts))


def _log_updated(payload: Mapping[str, object]) -> Node | None:
    name = "UpdateHANDeviceLogServiceRequestID"
    return _named("UpdateHANDeviceLogResult", payload, {name: "RequestID"})


def _supplier_changed(payload: Mapping[str, object]) -> Node | None:
    return _named("ChangeOfSupplier", payload, {"ChangeOfSupplierServiceRequestID": "RequestID"})


def _command_failed(payload: Mapping[str, object]) -> Node | None:
    said = {"CommandRequestID": "RequestID", "DeviceID": "DeviceID"}
    return _named("CommandFailure", payload, said)


def _status_changed(payload: Mapping[str, object]) -> Node | None:
    """A change of status; None for kinds of devices of which DUIS has none."""
    device, what = _text(payload.get("DeviceID")), _text(payload.get(STATUS_CHANGE))
    inside = _METER_CHANGES.get(what, _no_more)(payload)
    if not device or not what or inside is None:
        return None
    change = Node(STATUS_CHANGE, parts=(Node(what, parts=inside),))
    return Node("DeviceStatusChangeEvent", parts=(Node("DeviceID", device), change))


def _meter_identity(payload: Mapping[str, object]) -> tuple[Node, ...] | None:
    return _supply_points("MeterMPxNs", payload)


def _meter_ended(payload: Mapping[str, object]) -> tuple[Node, ...] | None:
    """The supply point of a meter, and at most seven devices that were joined to it."""
    points = _supply_points("MeterDecommissionOrWithdrawal", payload)
    if points is None:
        return None
    listed = payload.get("AssociatedType1Device")
    devices = tuple(each for each in _items(listed) if isinstance(each, Mapping))
    return (
        *points,
        *(
            Node(
                "AssociatedType1Device",
                parts=tuple(Node(name, _text(each.get(name))) for name in _ASSOCIATED),
            )
            for each in devices[:_MOST_ASSOCIATED]
        ),
    )


def _supply_points(name: str, payload: Mapping[str, object]) -> tuple[Node, ...] | None:
    number = _text(payload.get("ImportMPxN"))
    return (Node(name, parts=(Node("ImportMPxN", number),)),) if number else None


def _no_more(payload: Mapping[str, object]) -> tuple[Node, ...]:
    """A change that says all by its name."""
    del payload
    return ()


def _log_restored(payload: Mapping[str, object]) -> Node | None:
    ends = _named(_text(payload.get(RESTORED_LOG)), payload, {name: name for name in _HUBS})
    day = _text(payload.get("RestoredDate"))
    if ends is None or not day:
        return None
    return Node("DeviceLogRestored", parts=(Node("RestoredDate", day), ends))


def _schedule_removed(payload: Mapping[str, object]) -> Node | None:
    said = {"DeviceID": "DeviceID", "DSPScheduleID": "DSPScheduleID"}
    return _named("DSPScheduleRemoval", payload, said)


def _dual_band(payload: Mapping[str, object]) -> Node | None:
    said = ("CHFDeviceID", "DeviceAlertCode", "GBCSHexadecimalMessageCode")
    return _named("DualBandCHAlert", payload, {name: name for name in said})


def _ppmid_alert(payload: Mapping[str, object]) -> Node | None:
    return _named("PPMIDAlert", payload, {name: name for name in ("DeviceID", "DeviceAlertCode")})


def _power_outage(payload: Mapping[str, object]) -> Node | None:
    said = ("CommsHubDeviceID", "StartDateTime", "MPxN")
    return _named("PowerOutageEvent", payload, {name: name for name in said})


def _quarantined(payload: Mapping[str, object]) -> Node | None:
    said = {"RequestID": "RequestID", "QuarantineEventRef": "QuarantineEventRef"}
    breach = _text(payload.get(BREACH))
    inside = _named(breach, payload, said) if breach else None
    return None if inside is None else Node("QuarantinedRequest", parts=(inside,))


def _credentials_updated(payload: Mapping[str, object]) -> Node | None:
    """Certificates of one role that a device took; None where they are not known."""
    device, role = _text(payload.get("DeviceID")), _text(payload.get("RemotePartyRole"))
    certificates = tuple(_items(payload.get("Certificates")))
    if not (device and role and 1 <= len(certificates) <= _MOST_CERTIFICATES):
        return None
    floors = payload.get(_FLOORS)
    parts = (
        Node("DeviceID", device),
        Node("RemotePartyRole", role),
        *(() if floors is None else (_written(_FLOORS, floors),)),
        *(_written("Certificates", each) for each in certificates),
    )
    return Node("SecurityCredentialsUpdated", parts=parts)


def _named(family: str, payload: Mapping[str, object], said: Mapping[str, str]) -> Node | None:
    """Elements by the names that the payload has for them; None when one is missing."""
    parts = tuple(Node(name, _text(payload.get(own))) for name, own in said.items())
    return Node(family, parts=parts) if all(part.text for part in parts) else None


def _items(body: object) -> Iterable[object]:
    return body if isinstance(body, tuple) else ()


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case _:
            return str(value)


_WARNINGS: Final = {
    "11.1": "DSPUpdateFirmwareWarning",
    "11.4": "DSPUpdatePPMIDFirmwareWarning",
}
_ANSWERS: Final[Mapping[str, Callable[[ServiceRequest, object], Node | None]]] = MappingProxyType(
    {
        "5.1": _schedule_number,
        "5.2": _schedules,
        "8.2": _inventory,
        "11.1": _firmware,
        "11.4": _firmware,
        "12.1": _coverage,
    }
)
_HUBS: Final = ("OldCHFDeviceID", "NewCHFDeviceID", "OldGPFDeviceID", "NewGPFDeviceID")
_ASSOCIATED: Final = ("DeviceID", "DeviceType")
_MOST_ASSOCIATED: Final = 7
_FLOORS: Final = "RemotePartySeqNumberChange"
_MOST_CERTIFICATES: Final = 3
_METER_CHANGES: Final[Mapping[str, Callable[[Mapping[str, object]], tuple[Node, ...] | None]]] = (
    MappingProxyType(
        {"MeterIdentity": _meter_identity, "MeterDecommissioningOrWithdrawal": _meter_ended}
    )
)
"""Changes of status that say more than that they are."""
_ALERTS: Final[Mapping[str, Callable[[Mapping[str, object]], Node | None]]] = MappingProxyType(
    {
        "ChangeOfSupplier": _supplier_changed,
        "CommandFailure": _command_failed,
        "DSPScheduleRemoval": _schedule_removed,
        "DeviceLogRestored": _log_restored,
        "DeviceStatusChangeEvent": _status_changed,
        "DualBandCHAlert": _dual_band,
        "PPMIDAlert": _ppmid_alert,
        "PowerOutageEvent": _power_outage,
        "QuarantinedRequest": _quarantined,
        "SecurityCredentialsUpdated": _credentials_updated,
        "UpdateHANDeviceLogResult": _log_updated,
    }
)
