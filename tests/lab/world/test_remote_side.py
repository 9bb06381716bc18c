"""The laboratory's DCC: whom it serves, what it is told, and how a hub talks to it."""

from pathlib import Path

import pytest

from emulator.dcc.registration import Responsibility
from emulator.dcc.service_request import RequestId
from emulator.gbcs.protection.key_store import KeyUse
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64
from emulator.kernel.units import START
from emulator.lab.inputs.overrides import Overrides
from emulator.lab.installing.installation import Installation
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import read_shipment
from emulator.lab.world.parties import NETWORK_OPERATOR, ORGANISATIONS, SUPPLIER, USERS
from emulator.lab.world.remote_side import RemoteSide

SHIPMENTS = Path(__file__).parents[2] / "data/shipments"
ESME = Eui64(0x00DB1234567890A0)


def lab_of(shipment: str = "one-meter.csv", state: Path | None = None) -> Lab:
    return Lab(read_shipment(SHIPMENTS / shipment), LabOptions(state=state))


def side_of(lab: Lab) -> RemoteSide:
    return lab.remote_side()


def test_every_user_and_every_device_has_keys() -> None:
    lab = lab_of("dual-fuel.csv")
    keys = side_of(lab).pki.keys

    for party in (*(user.eui64 for user in USERS), *(line.eui64 for line in lab.shipment.devices)):
        for use in (KeyUse.DIGITAL_SIGNATURE, KeyUse.KEY_AGREEMENT):
            found = keys.find(party, use)
            assert found is not None
            assert found.private_key is not None
    assert len({each.eui64 for each in ORGANISATIONS}) == len(ORGANISATIONS)


def test_supply_points_of_the_shipment_are_registered() -> None:
    lab = lab_of("dual-fuel.csv")
    side = side_of(lab)
    now = lab.calendar.moment(START)
    mpan, mprn = (line.mpxn for line in lab.shipment.devices if line.type in ("ESME", "GSME"))

    assert side.registration.supplier(mpan, now) == SUPPLIER
    assert side.registration.supplier(mprn, now) == SUPPLIER
    assert side.registration.network_operator(mpan, now) == NETWORK_OPERATOR
    assert side.registration.responsible(mprn, Responsibility.GAS_SUPPLIER, now) == SUPPLIER


def test_it_must_be_asked_for_before_the_home() -> None:
    lab = lab_of()
    lab.home()

    with pytest.raises(UsageError, match="before the home"):
        lab.remote_side()


def test_devices_have_no_status_before_the_dcc_is_told_of_them() -> None:
    lab = lab_of()
    side = side_of(lab)
    work = Installation(lab, side, lab.home())

    before = side.status(ESME)
    work.pre_notify(*work.home.joiners)

    assert before is None
    assert side.status(ESME) == "Pending"
    assert {row.type: row.smi_status for row in lab.device_rows()}["ESME"] == "Pending"


def test_a_message_crosses_from_the_dcc_to_the_hub_and_back_and_belongs_to_its_step() -> None:
    lab = lab_of()
    work = Installation(lab, side_of(lab), lab.home())
    (meter,) = work.home.joiners
    work.pre_notify_hub()
    work.pre_notify(meter)
    work.fit_hub()
    work.report_hub()

    work.log(meter)

    told = [(each.source, each.destination, each.title[:16]) for each in lab.steps[-1].messages]
    assert told[:2] == [("DCC", "CHF", "Command of CCS01"), ("CHF", "DCC", "Response of CCS0")]
    assert work.side.status(ESME) == "Whitelisted"


def test_hub_without_coverage_is_never_heard() -> None:
    lab = lab_of()
    work = Installation(lab, side_of(lab), lab.home())
    work.pre_notify_hub()

    work.fit_hub(covered=False)
    lab.run("10 min")

    assert work.side.status(work.hub) == "Pending"


def test_inventory_stays_in_the_state_folder(tmp_path: Path) -> None:
    first = lab_of(state=tmp_path)
    work = Installation(first, side_of(first), first.home())
    work.pre_notify(*work.home.joiners)
    work.side.inventory.close()

    second = lab_of(state=tmp_path)

    assert side_of(second).status(ESME) == "Pending"


def test_settings_of_the_dcc_that_nothing_proves_are_named() -> None:
    lab = lab_of()

    before = lab.unverified()
    side_of(lab)

    added = set(lab.unverified()) - set(before)
    assert added
    assert "dcc_times.on_demand" in added


def test_devices_are_as_strict_as_the_run_sets_them() -> None:
    shipment = read_shipment(SHIPMENTS / "one-meter.csv")
    overrides = Overrides(rooms={("remote_party", "hardware_version"): 0x0102})
    lab = Lab(shipment, LabOptions(overrides=overrides))

    assert side_of(lab).remote_parties.settings.hardware_version == 0x0102


def test_parties_have_names() -> None:
    side = side_of(lab_of())

    supplier = side.dcc.user("supplier")

    assert side.dcc.next_id(supplier.eui64) == RequestId(SUPPLIER, side.dcc.world.name, 1001)
