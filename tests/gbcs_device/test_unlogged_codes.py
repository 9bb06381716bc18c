"""Codes that no log of the reference messages has."""

from emulator.gbcs.envelope import Message
from emulator.gbcs.payload import decode_payload
from emulator.gbcs_device.security_codes import METER_SECURITY_CODES
from emulator.gbcs_device.unlogged_codes import UNLOGGED_CODES
from emulator.testing.judges.reference_data import reference_messages

LOGS = ("6.13_ECS35a", "6.13_ECS35b", "6.13_CS10a", "6.13_CS10b")


def test_no_reference_log_has_one() -> None:
    shown = "".join(
        str(decode_payload(Message.decode(each.octets)))
        for each in reference_messages()
        if each.name.split("/")[0] in LOGS and each.name.endswith("SUCCESS_RESPONSE_GBCS")
    )

    assert str(0x8145) in shown
    assert [code for code in UNLOGGED_CODES if str(code) in shown] == []
    assert not UNLOGGED_CODES & METER_SECURITY_CODES
