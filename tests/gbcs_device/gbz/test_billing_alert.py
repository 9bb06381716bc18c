"""Billing data is pushed as the reference alert pushes it."""

from emulator.gbcs.envelope import Message
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.gbz_component import GbzComponent
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.encryption import SensitiveData
from emulator.gbcs_device.gbz.billing_alert import billing_alert
from emulator.testing.judges.reference_data import reference_keys, reference_messages
from emulator.zcl.payloads.metering import PublishSnapshot


def test_the_reference_alert_comes_back() -> None:
    (reference,) = (each for each in reference_messages() if "GCS53_NA_8F0A" in each.name)
    message = Message.decode(reference.octets)
    sensitive = SensitiveData(message, StoredKeyAgreement(reference_keys()))
    alert = GbzPayload.decode(message.payload, message.cra).alert
    assert alert is not None
    assert isinstance(alert.content, GbzComponent)
    snapshot = PublishSnapshot.decode(sensitive.decrypt(alert.content.payload))

    made = billing_alert(snapshot, alert.time, sensitive.encrypt)

    assert GbzPayload(alert=made).encode() == message.payload
