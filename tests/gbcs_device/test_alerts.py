"""What alerts say, against the alerts of the reference set."""

from datetime import UTC, datetime

import pytest

from emulator.cosem.moments import moment_of
from emulator.dlms.data import Data
from emulator.dlms.data_coding import encode_data
from emulator.dlms.notification import DataNotification
from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs.asn1.tlv import Lengths, Reader
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.gbz_alert import FutureDatedOutcome
from emulator.gbcs.gbz_component import GbzComponent
from emulator.gbcs.payload import Payload, decode_payload
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.encryption import SensitiveData
from emulator.gbcs.protection.refusal import Rule
from emulator.gbcs.remote_party_role import RemotePartyRole as Role
from emulator.gbcs_device.alerts import (
    PUSHED_BILLING_DATA,
    REFUSAL_ALERTS,
    Shape,
    WrittenAlert,
    alert_recipients,
    alert_text,
    future_dated_text,
)
from emulator.gbcs_device.device_clock import parse_generalized_time
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.gbcs_device.future_dated import CosemItem, FutureDated, ZclItem
from emulator.kernel.errors import LocalError
from emulator.kernel.identity import Eui64
from emulator.kernel.units import ZIGBEE_EPOCH, Calendar, Instant
from emulator.testing.judges.reference_data import reference_keys, reference_messages
from emulator.testing.judges.reference_device import KINDS

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
FUTURE_DATED = (0x8F66, 0x8F67)


def taken_apart(payload: Payload, octets: bytes) -> tuple[int, datetime, bytes]:
    """Code, time and the payload's own part of an alert."""
    match payload:
        case DataNotification():
            parts = payload.body.value
            assert isinstance(parts, tuple)
            code, time, *rest = (each for each in parts if isinstance(each, Data))
            assert isinstance(code.value, int)
            assert isinstance(time.value, bytes)
            moment = moment_of(time.value)
            assert moment is not None
            return code.value, moment, b"".join(map(encode_data, rest))
        case GbzPayload():
            assert payload.alert is not None
            start = Calendar(ZIGBEE_EPOCH)
            when = start.moment(Instant(payload.alert.time * 1_000_000))
            # profile 2, count 1, code 2, time 4
            return payload.alert.code, when, octets[9:]
        case _:
            assert isinstance(payload, Asn1Payload)
            reader = Reader(octets)
            _, at, end = reader.span(0, len(octets))
            _, start_of_code, at = reader.span(at, end)
            number = int.from_bytes(octets[start_of_code:at], "big")
            _, start_of_time, at = reader.span(at, end)
            found = parse_generalized_time(octets[start_of_time:at].decode())
            assert found is not None
            return number, found, octets[at:]


def reference_alerts() -> list[tuple[str, Message]]:
    messages = ((each.name, Message.decode(each.octets)) for each in reference_messages())
    return [(name, message) for name, message in messages if message.cra is Cra.ALERT]


def plain(octets: bytes) -> bytes:
    """What encrypts nothing."""
    return octets


def pushed(message: Message) -> bytes:
    """The encrypted block of pushed billing data."""
    alert = GbzPayload.decode(message.payload, message.cra).alert
    assert alert is not None
    assert isinstance(alert.content, GbzComponent)
    return alert.content.payload


def test_reference_alerts_are_written_again_octet_for_octet() -> None:
    found = 0
    for name, message in reference_alerts():
        code, moment, content = taken_apart(decode_payload(message), message.payload)
        if code in FUTURE_DATED:
            continue
        agreement = StoredKeyAgreement(reference_keys())
        if message.other_information.message_code == PUSHED_BILLING_DATA:
            content = SensitiveData(message, agreement).decrypt(pushed(message))
        text = alert_text(KINDS[message.originator], code, moment, content)
        assert text is not None, name
        encrypt = SensitiveData(message, agreement).encrypt if text.sensitive else plain
        assert text.message_code == message.other_information.message_code, name
        assert text.payload(message.counter, Lengths.LONG, encrypt) == message.payload, name
        found += 1

    assert found == 29


def test_reference_alerts_go_to_the_roles_of_their_code() -> None:
    keys = reference_keys()
    for name, message in reference_alerts():
        code, _, _ = taken_apart(decode_payload(message), message.payload)
        if code not in FUTURE_DATED and message.other_information.supplementary_party is None:
            assert alert_recipients(code)[0] == keys.role(message.recipient), name


def test_reference_outcomes_of_what_waited_are_written_again() -> None:
    found = 0
    for name, message in reference_alerts():
        payload = decode_payload(message)
        code, moment, content = taken_apart(payload, message.payload)
        if code not in FUTURE_DATED or isinstance(payload, Asn1Payload):
            continue
        about = _waited(payload, content, message.recipient)
        text = future_dated_text(about, moment, succeeded=code == FUTURE_DATED[0])
        assert text is not None
        assert text.message_code == message.other_information.message_code, name
        assert text.payload(message.counter, Lengths.DER, plain) == message.payload, name
        found += 1

    assert found == 56


def _waited(payload: Payload, content: bytes, recipient: Eui64) -> FutureDated:
    if isinstance(payload, GbzPayload):
        assert payload.alert is not None
        outcome = payload.alert.content
        assert isinstance(outcome, FutureDatedOutcome)
        item = ZclItem(outcome.cluster, outcome.frame_control, outcome.command)
        return FutureDated(outcome.message_code, outcome.counter, recipient, item)
    # octet string of 19: message code 2, counter 8, class 2, logical name 6, member 1
    octets = content[2:]
    named = CosemItem(int.from_bytes(octets[10:12], "big"), octets[12:18], octets[18])
    code, counter = int.from_bytes(octets[:2], "big"), int.from_bytes(octets[2:10], "big")
    return FutureDated(code, counter, recipient, named)


def test_something_without_item_has_an_alert_of_its_own() -> None:
    assert future_dated_text(FutureDated(0x12, 1, Eui64(1)), NOON, succeeded=True) is None


@pytest.mark.parametrize(
    ("kind", "code", "message_code", "shape"),
    [
        (DeviceKind.ESME, 0x8F30, 0x1000, Shape.DLMS),
        (DeviceKind.GSME, 0x8F30, 0x1000, Shape.GBZ),
        (DeviceKind.ESME, 0x810E, 0x1001, Shape.DLMS),
        (DeviceKind.ESME, 0x8002, 0x1001, Shape.DLMS),
        (DeviceKind.ESME, 0x8F72, 0x00CE, Shape.DLMS),
        (DeviceKind.GSME, 0x8F72, 0x00CF, Shape.GBZ),
        (DeviceKind.GPF, 0x8071, 0x00B2, Shape.ASN1),
        (DeviceKind.CHF, 0x8F12, 0x0018, Shape.DLMS),
    ],
)
def test_a_code_has_the_use_case_of_the_kind_of_device(
    kind: DeviceKind, code: int, message_code: int, shape: Shape
) -> None:
    text = alert_text(kind, code, NOON)

    assert text is not None
    assert (text.message_code, text.shape) == (message_code, shape)


@pytest.mark.parametrize(
    ("kind", "code"),
    [(DeviceKind.GPF, 0x8F12), (DeviceKind.CHF, 0x8071), (DeviceKind.HCALCS, 0x8F8B)],
)
def test_a_code_of_another_kind_of_device_is_not_told(kind: DeviceKind, code: int) -> None:
    assert alert_text(kind, code, NOON) is None


def test_pushed_billing_data_that_is_no_snapshot_is_refused() -> None:
    text = alert_text(DeviceKind.GSME, 0x8F0A, NOON, b"no snapshot")
    assert text is not None

    with pytest.raises(LocalError, match="no snapshot"):
        text.payload(1, Lengths.DER, plain)


def test_content_that_is_no_data_is_refused() -> None:
    text = alert_text(DeviceKind.ESME, 0x8F72, NOON, b"\x09")
    assert text is not None

    with pytest.raises(LocalError, match="no DLMS data"):
        text.payload(1, Lengths.DER, plain)


@pytest.mark.parametrize(
    ("code", "role"),
    [
        (0x8002, Role.NETWORK_OPERATOR),
        (0x8F36, Role.NETWORK_OPERATOR),
        (0x8071, Role.ACCESS_CONTROL_BROKER),
        (0x810E, Role.SUPPLIER),
        (0x8F3E, Role.SUPPLIER),
    ],
)
def test_an_alert_is_for_the_role_of_its_code(code: int, role: Role) -> None:
    assert alert_recipients(code)[0] is role


def test_every_rule_has_an_alert_or_none_on_purpose() -> None:
    assert set(REFUSAL_ALERTS) == set(Rule)


def test_written_alerts_keep_their_octets() -> None:
    payload = GbzPayload.decode(bytes.fromhex("0109008F301C374A80"), Cra.ALERT)

    written = WrittenAlert.of(payload)

    assert written.message_code == 0x00CD
    assert written.payload(5, Lengths.DER, plain) == payload.encode()
