"""A gas meter bills by its calendar, and pushes its registers to the supplier (GCS53)."""

from datetime import timedelta
from pathlib import Path

from emulator.gbcs.envelope import Message
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.gbz_alert import BILLING_DATA_READY
from emulator.gbcs.gbz_component import GbzComponent
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.encryption import SensitiveData
from emulator.gbcs.protection.message_protection import Protection
from emulator.gbcs_device.gbz.state.snapshots import SnapshotCause
from emulator.lab.installing.installation import NEXT_WAKE, Ask
from emulator.lab.world.parties import SUPPLIER
from emulator.testing.scenes.installed_homes import installed_home
from emulator.zcl.payloads.metering import PublishSnapshot

SHIPMENT = Path(__file__).parents[1] / "data/shipments/dual-fuel.csv"


def test_billing_data_reaches_the_supplier_at_the_end_of_the_period() -> None:
    work = installed_home(SHIPMENT, "GSME")
    gsme = work.home.device("GSME").description.eui64
    tomorrow = work.side.moment + timedelta(days=1)
    calendar = {"BillingPeriodStart": f"{tomorrow:%Y-%m-%d}T00:00:00Z", "Periodicity": "Monthly"}
    asked = {"GasBillingCalendar": calendar}
    work.ask(
        "it bills every month, first tomorrow",
        Ask(srv="6.8", clause="GBCS GCS25", target=gsme, parameters=asked, within=NEXT_WAKE),
    )

    work.lab.run("25 h")

    pushed = [each for each in work.side.dcc.mailbox.device_alerts if each.device == gsme]
    (alert,) = [each for each in pushed if each.code == BILLING_DATA_READY]
    message = Message.decode(alert.message)
    keys = work.side.pki.keys
    agreement = StoredKeyAgreement(keys)
    assert (alert.user, message.other_information.message_code) == (SUPPLIER, 0x008B)
    assert Protection(keys=keys, agreement=agreement).verify(message).valid
    told = GbzPayload.decode(message.payload, message.cra).alert
    assert told is not None
    assert isinstance(told.content, GbzComponent)
    octets = SensitiveData(message, agreement).decrypt(told.content.payload)
    snapshot = PublishSnapshot.decode(octets)
    assert snapshot.snapshot_cause == SnapshotCause.END_OF_BILLING_PERIOD
