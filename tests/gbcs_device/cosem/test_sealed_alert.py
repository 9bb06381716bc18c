import pytest

from emulator.cosem.server.made_values import octets_of, parts_of
from emulator.dlms.data_coding import encode_data
from emulator.dlms.notification import DataNotification
from emulator.gbcs.envelope import Message
from emulator.gbcs.payload import decode_payload
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.encryption import SensitiveData
from emulator.gbcs_device.cosem.sealed_alert import sealed_content
from emulator.testing.judges.reference_data import reference_keys, reference_messages


@pytest.mark.parametrize("variant", ["SINGLE", "TWIN"])
def test_content_is_as_reference_messages_have_it(variant: str) -> None:
    # ECS68: alert 8F0A with the billing data of one period, encrypted for the supplier
    name = f"ECS68_NA_8F0A_{variant}_ALERT_GBCS"
    found = next(each for each in reference_messages() if each.name.endswith(name))
    message = Message.decode(found.octets)
    payload = decode_payload(message)
    assert isinstance(payload, DataNotification)
    _, _, protection, sealed = parts_of(payload.body)
    secret = SensitiveData(message, StoredKeyAgreement(reference_keys()))
    plain = secret.decrypt(octets_of(sealed))

    made = sealed_content(message, plain, secret.encrypt)

    assert made == encode_data(protection) + encode_data(sealed)
