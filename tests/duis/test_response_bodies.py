from datetime import UTC, date, datetime

import pytest

from emulator.dcc.alerts.announcements import BREACH, RESTORED_LOG, STATUS_CHANGE
from emulator.dcc.requests.anomaly import AnomalyLevel
from emulator.dcc.requests.firmware_lists import FirmwareLists
from emulator.dcc.requests.schedules import Schedule, ScheduleFrequency
from emulator.dcc.service_request import DccAlert, RequestId, ServiceRequest
from emulator.dcc.wan_coverage import CoverageAnswer, CspRegion, Likelihood
from emulator.duis.response import ResponseWriter
from emulator.duis.response_bodies import alert_families, alert_payload, own_answer
from emulator.duis.schema import Schema
from emulator.duis.tree import Node, write_node
from emulator.kernel.identity import Eui64, format_eui64
from emulator.testing.scenes.duis_scene import duis_folder

ID = RequestId(Eui64(1), Eui64(2), 3)


def asked(srv: str, **parameters: object) -> ServiceRequest:
    return ServiceRequest(request_id=ID, srv=srv, variant=8, parameters=parameters)


def test_devices_are_told_in_the_order_of_the_schema_without_what_is_unknown() -> None:
    device = {"DeviceModel": "M", "DeviceID": "A", "UPRN": "", "DateCommissioned": None}
    device["DateCommissioned"] = None

    made = own_answer(asked("8.2"), (device,))

    assert made == Node(
        "DSPInventory",
        parts=(Node("Device", parts=(Node("DeviceID", "A"), Node("DeviceModel", "M"))),),
    )


def test_a_date_is_a_date() -> None:
    commissioned = datetime(2026, 1, 5, 7, tzinfo=UTC)
    made = own_answer(asked("8.2"), ({"DateCommissioned": commissioned},))

    assert made is not None
    assert made.parts[0].said("DateCommissioned") == "2026-01-05"


def test_no_device_gives_no_body() -> None:
    assert own_answer(asked("8.2"), ()) is None


def test_the_number_of_a_schedule_is_told() -> None:
    assert own_answer(asked("5.1"), {"DSPScheduleID": 7}) == Node("DSPScheduleID", "7")


def test_schedules_are_told() -> None:
    schedule = Schedule(
        number=7,
        request_id=ID,
        device=Eui64(2),
        srv="4.1.1",
        frequency=ScheduleFrequency.DAILY,
        start=date(2026, 1, 6),
        asked=("DSPReadNetworkData", {"StartDateOffset": "-1"}),
    )
    made = own_answer(asked("5.2"), (schedule,))

    assert made is not None
    details = made.parts[0].part("DSPScheduleDetails")
    assert details is not None
    assert details.said("ScheduleFrequency") == "Daily"
    assert details.part("ScheduleEndDate") is None
    read = Node("DSPReadNetworkData", parts=(Node("StartDateOffset", "-1"),))
    assert details.parts[-1] == read


def test_devices_that_get_no_image_are_told_by_the_reason() -> None:
    left_out = FirmwareLists((Eui64(1),), (Eui64(2), Eui64(3)), (Eui64(4),))

    made = own_answer(asked("11.1"), left_out)

    assert made is not None
    assert made.name == "DSPUpdateFirmwareWarning"
    assert made.said("InvalidDeviceIDList") == f"{format_eui64(Eui64(2))},{format_eui64(Eui64(3))}"
    assert made.said("NotCommissionedDeviceIDList") == format_eui64(Eui64(4))


def test_an_image_that_every_device_gets_needs_no_words() -> None:
    assert own_answer(asked("11.4"), FirmwareLists((Eui64(1),))) is None


def test_coverage_repeats_the_request() -> None:
    region = CoverageAnswer(
        region=next(iter(CspRegion)), available=True, technology="4G", likelihood=Likelihood.HIGH
    )
    made = own_answer(asked("12.1", UPRN="1", PartialAddress={"PostCode": "A"}), (region,))

    assert made is not None
    assert [part.name for part in made.parts] == ["Request", "DSPWANMatrixResponse"]
    assert made.parts[0].said("UPRN") == "1"
    assert made.parts[1].said("CoverageAvailability") == "true"


def test_an_alert_names_the_request_that_it_is_about() -> None:
    alert = DccAlert(
        user=Eui64(1), code="N24", family="UpdateHANDeviceLogResult", payload={"RequestID": "x"}
    )

    assert alert_payload(alert) == Node(
        "UpdateHANDeviceLogResult", parts=(Node("UpdateHANDeviceLogServiceRequestID", "x"),)
    )


def test_an_alert_that_would_lack_something_is_not_written() -> None:
    for family in sorted(alert_families()):
        alert = DccAlert(user=Eui64(1), code="N3", family=family, payload={"UPRN": "x"})
        assert alert_payload(alert) is None


def test_credentials_of_more_certificates_than_duis_has_are_not_written() -> None:
    many = REPLACED | {"Certificates": ({},) * 4}
    alert = DccAlert(user=Eui64(1), code="N42", family="SecurityCredentialsUpdated", payload=many)

    assert alert_payload(alert) is None


METER = "00-DB-12-34-56-78-90-A0"
POINT = {"DeviceID": METER, "ImportMPxN": "1312345678111"}
EVENT: dict[str, object] = {"RequestID": f"{METER}:{METER}:1", "QuarantineEventRef": 1}
REPLACED: dict[str, object] = {
    "DeviceID": METER,
    "RemotePartyRole": "Supplier",
    "Certificates": tuple(
        {"CertificateType": kind, "CertificateHash": "AAECAwQFBgcICQoLDA0ODxAREhM="}
        for kind in ("DigitalSigning", "KeyAgreement", "KeyAgreementTopUp")
    ),
}
JOINED = {"DeviceID": "00-DB-12-34-56-78-90-A2", "DeviceType": "PPMID"}


@pytest.mark.parametrize(
    ("family", "payload"),
    [
        (
            "PowerOutageEvent",
            {
                "CommsHubDeviceID": METER,
                "StartDateTime": "2026-01-05T07:00:00+00:00",
                "MPxN": "1312345678111",
            },
        ),
        *(
            (
                "QuarantinedRequest",
                EVENT | {BREACH: level.breach},
            )
            for level in AnomalyLevel
            if level.quarantines
        ),
        ("SecurityCredentialsUpdated", REPLACED),
        (
            "SecurityCredentialsUpdated",
            REPLACED
            | {
                "RemotePartySeqNumberChange": {
                    "RemotePartyFloorSeqNumber": 2**63 - 1,
                    "RemotePartyPrepaymentTopUpFloorSeqNumber": 0,
                }
            },
        ),
        (
            "DualBandCHAlert",
            {
                "CHFDeviceID": METER,
                "DeviceAlertCode": "8F20",
                "GBCSHexadecimalMessageCode": "0110",
            },
        ),
        ("PPMIDAlert", {"DeviceID": METER, "DeviceAlertCode": "8F8B"}),
        ("UpdateHANDeviceLogResult", {"RequestID": f"{METER}:{METER}:1"}),
        ("ChangeOfSupplier", {"RequestID": f"{METER}:{METER}:1"}),
        ("DSPScheduleRemoval", {"DeviceID": METER, "DSPScheduleID": 1}),
        (
            "CommandFailure",
            {"DeviceID": METER, "RequestID": f"90-B3-D5-1F-30-01-00-00:{METER}:1"},
        ),
        (
            "DeviceLogRestored",
            dict.fromkeys(
                ("OldCHFDeviceID", "NewCHFDeviceID", "OldGPFDeviceID", "NewGPFDeviceID"), METER
            )
            | {"RestoredDate": date(2026, 1, 5), RESTORED_LOG: "GPFDeviceLog"},
        ),
        ("DeviceStatusChangeEvent", POINT | {STATUS_CHANGE: "MeterIdentity"}),
        (
            "DeviceStatusChangeEvent",
            POINT
            | {
                STATUS_CHANGE: "MeterDecommissioningOrWithdrawal",
                "AssociatedType1Device": (JOINED,) * 9,
            },
        ),
        *(
            ("DeviceStatusChangeEvent", {"DeviceID": METER, STATUS_CHANGE: change})
            for change in (
                "CHFDecommissioning",
                "DeviceRemovedFromInventory",
                "DeviceSuspended",
                "DeviceRestored",
            )
        ),
    ],
)
def test_an_alert_of_the_dcc_is_as_the_schema_says(family: str, payload: dict[str, object]) -> None:
    alert = DccAlert(user=Eui64(1), code="N1", family=family, payload=payload)
    written = ResponseWriter(Eui64(2)).dcc_alert(alert, 1, datetime(2026, 1, 5, tzinfo=UTC))

    assert written is not None
    Schema(duis_folder() / "schema").check(write_node(written))


def test_a_change_of_status_that_duis_has_not_is_not_written() -> None:
    for payload in (
        {"DeviceID": METER, STATUS_CHANGE: ""},
        {"DeviceID": METER, STATUS_CHANGE: "MeterIdentity", "ImportMPxN": ""},
        {STATUS_CHANGE: "CHFDecommissioning"},
    ):
        alert = DccAlert(
            user=Eui64(1), code="N1", family="DeviceStatusChangeEvent", payload=payload
        )
        assert alert_payload(alert) is None
