import re

import pytest
from hypothesis import given, settings

from emulator.dcc.alert_reading import alert_code, dated_command, gpf_backup, hub_backup
from emulator.dlms.data import Data, array, long_unsigned, octet_string, structure
from emulator.dlms.notification import DataNotification
from emulator.gbcs.asn1.device_logs import DeviceLogBackupAlert, DeviceLogEntry
from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.gbz_alert import GbzAlert
from emulator.gbcs.payload import decode_payload
from emulator.kernel.identity import Eui64
from emulator.testing.judges.reference_data import reference_messages
from emulator.testing.strategies.dlms_values import data_values

NUMBER = long_unsigned(1)


def notification(*parts: Data) -> DataNotification:
    return DataNotification(1, structure(long_unsigned(0x8F12), octet_string(bytes(12)), *parts))


def test_backup_gives_network_and_devices() -> None:
    entry = structure(octet_string(bytes(7) + b"\x05"), octet_string(b"hash"))
    log = structure(octet_string(bytes(12)), octet_string(b"networks"), array(entry))

    backup = hub_backup(notification(log))

    assert backup is not None
    assert backup.extended_pan_id == b"networks"
    assert backup.devices == ((Eui64(5), b"hash"),)
    assert backup.keyed == (Eui64(5),)


@pytest.mark.parametrize(
    "log",
    [
        structure(),
        structure(octet_string(b""), long_unsigned(1), array()),
        structure(octet_string(b""), octet_string(b""), octet_string(b"")),
        structure(octet_string(b""), octet_string(b""), array(long_unsigned(1))),
        structure(
            octet_string(b""),
            octet_string(b""),
            array(structure(long_unsigned(1), octet_string(b""))),
        ),
    ],
)
def test_what_is_no_backup_gives_none(log: Data) -> None:
    assert hub_backup(notification(log)) is None


@settings(max_examples=40)
@given(data_values())
def test_any_notification_is_read_or_not(body: Data) -> None:
    payload = DataNotification(1, body)

    hub_backup(payload)
    alert_code(payload)


def test_backup_of_a_gas_proxy_gives_its_entries() -> None:
    entries = (DeviceLogEntry(bytes(8), 6),)
    value = DeviceLogBackupAlert(0x8071, "20260101000000Z", entries)
    payload = Asn1Payload(0x00B2, Cra.ALERT, value)

    backup = gpf_backup(payload)

    assert backup is not None
    assert backup.entries == entries
    assert alert_code(payload) == 0x8071
    assert hub_backup(payload) is None


def test_alert_code_of_each_kind_of_payload() -> None:
    assert alert_code(notification()) == 0x8F12
    assert alert_code(GbzPayload((), GbzAlert(0x8F66, 0))) == 0x8F66
    assert alert_code(GbzPayload()) is None
    assert gpf_backup(GbzPayload()) is None


def test_reference_alerts_have_the_code_in_their_name() -> None:
    named = {each: re.search("_(8[0-9A-F]{3})_ALERT", each.name) for each in reference_messages()}

    for each, match in named.items():
        if match is not None:
            code = alert_code(decode_payload(Message.decode(each.octets)))
            assert code == int(match[1], 16), each.name


def test_reference_alerts_of_dated_commands_name_the_counter_of_one() -> None:
    counters = {
        (each.name.split("/")[0], Message.decode(each.octets).counter)
        for each in reference_messages()
        if each.name.endswith("_COMMAND_GBCS")
    }
    dated = [each for each in reference_messages() if re.search("_8F6[67]_ALERT", each.name)]

    for each in dated:
        counter = dated_command(decode_payload(Message.decode(each.octets)))
        assert (each.name.split("/")[0], counter) in counters, each.name


def test_other_alerts_are_about_no_dated_command() -> None:
    assert dated_command(notification()) is None
    assert dated_command(notification(octet_string(bytes(18)))) is None
    assert dated_command(notification(octet_string(bytes(8) + b"\x00\x07" + bytes(9)))) == 7
    assert dated_command(GbzPayload((), GbzAlert(0x8F66, 0))) is None
    assert dated_command(DataNotification(1, NUMBER)) is None
