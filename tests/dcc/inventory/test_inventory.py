"""The same expectations on SQLite and on a PostgreSQL server."""

from pathlib import Path

from emulator.dcc.inventory.device_kinds import DeviceKind
from emulator.dcc.inventory.inventory import Inventory
from emulator.dcc.inventory.records import (
    InventoryRefusal,
    Model,
    Move,
    Unchanged,
)
from emulator.dcc.inventory.settings import InventorySettings
from emulator.dcc.inventory.statuses import Certainty, SmiStatus
from emulator.dcc.inventory.triggers import Trigger
from emulator.testing.scenes.inventory_scene import (
    CAD,
    CHF,
    ESME,
    GPF,
    GSME,
    HCALCS,
    IHD,
    INSTALLER,
    PPMID,
    START,
    after,
    changed,
    commission,
    commissioned_home,
    connect_hub,
    known,
    notify_home,
    over_wan,
    refused,
    set_clock_response,
    status,
    told,
)


def test_a_pre_notified_device_is_pending(inventory: Inventory) -> None:
    listed = inventory.pre_notify([told(DeviceKind.ESME)], START)

    assert listed == (known(inventory, ESME),)
    device = known(inventory, ESME)
    assert (device.status, device.since, device.notifier) == (SmiStatus.PENDING, START, INSTALLER)
    assert device.model == Model("0001", "ESME-1", "00000001")


def test_a_type_2_device_is_listed_without_status(inventory: Inventory) -> None:
    inventory.pre_notify([told(DeviceKind.IHD), told(DeviceKind.CAD)], START)

    assert (status(inventory, IHD), status(inventory, CAD)) == (None, None)


def test_a_hub_with_the_same_id_as_its_gpf_is_refused_and_nothing_listed(
    inventory: Inventory,
) -> None:
    """DP316."""
    answer = inventory.pre_notify([told(DeviceKind.CHF), told(DeviceKind.GPF, CHF)], START)

    assert isinstance(answer, InventoryRefusal)
    assert answer.code == "E120201"
    assert inventory.snapshot() == ()


def test_a_listed_device_is_not_listed_again(inventory: Inventory) -> None:
    inventory.pre_notify([told(DeviceKind.ESME)], START)

    answer = inventory.pre_notify([told(DeviceKind.GSME), told(DeviceKind.ESME)], START)

    assert isinstance(answer, InventoryRefusal)
    assert [each.device for each in inventory.snapshot()] == [ESME]


def test_a_whole_home_comes_to_be_commissioned(inventory: Inventory) -> None:
    commissioned_home(inventory)

    for device in (CHF, GPF, ESME, GSME, PPMID, HCALCS):
        assert status(inventory, device) is SmiStatus.COMMISSIONED
    assert (status(inventory, IHD), status(inventory, CAD)) == (None, None)
    assert {each.device for each in inventory.members(ESME)} == {PPMID, HCALCS, CAD}
    assert {each.device for each in inventory.partners(PPMID)} == {ESME, GPF}
    assert inventory.associated_type_1(ESME) == (PPMID, HCALCS)
    assert inventory.counts()[DeviceKind.IHD, None] == 1


def test_the_hub_takes_its_gpf_along(inventory: Inventory) -> None:
    notify_home(inventory)

    change = changed(connect_hub(inventory))

    (followed,) = change.also
    assert (followed.device, followed.after) == (GPF, SmiStatus.INSTALLED_NOT_COMMISSIONED)
    assert status(inventory, GPF) is SmiStatus.INSTALLED_NOT_COMMISSIONED


def test_the_gpf_stays_where_the_setting_says_so(url: str) -> None:
    with Inventory.open(url, InventorySettings(gpf_follows_hub=False)) as inventory:
        notify_home(inventory)

        change = changed(connect_hub(inventory))

        assert change.also == ()
        assert status(inventory, GPF) is SmiStatus.PENDING


def test_a_commissioned_meter_has_its_response_in_its_history(inventory: Inventory) -> None:
    """SEC App. AC 4.13."""
    notify_home(inventory)
    connect_hub(inventory)

    commission(inventory, DeviceKind.ESME, after(hours=1))

    listed, line = inventory.history(ESME)
    assert (listed.event, listed.after) == ("listed", SmiStatus.PENDING)
    assert (line.before, line.after) == (SmiStatus.PENDING, SmiStatus.COMMISSIONED)
    assert (line.clause, line.certainty) == ("SEC App. AC 4.13", Certainty.SOURCED)
    assert (line.evidence, line.source) == ("WanResponse", "00-DB-12-34-56-78-90-A2")
    assert line.message == set_clock_response(DeviceKind.ESME)
    assert line.received == after(hours=1)
    assert known(inventory, ESME).commissioned == after(hours=1)


def test_a_refused_change_leaves_no_trace(inventory: Inventory) -> None:
    notify_home(inventory)
    before = inventory.snapshot()

    answer = refused(commission(inventory, DeviceKind.ESME))

    assert answer.clause == "SEC App. AC 4.12(c)"
    assert inventory.snapshot() == before
    assert len(inventory.history(ESME)) == 1


def test_no_command_goes_to_a_meter_that_is_not_listed(inventory: Inventory) -> None:
    """SEC App. AC 4.12 (a)."""
    answer = inventory.objection(Move(device=ESME, trigger=Trigger.COMMISSION_DEVICE, moment=START))

    assert answer is not None
    assert (answer.clause, answer.code) == ("SEC App. AC 4.12(a)", "E19")


def test_a_command_may_go_before_there_is_a_response(inventory: Inventory) -> None:
    notify_home(inventory)
    connect_hub(inventory)
    move = Move(device=ESME, trigger=Trigger.COMMISSION_DEVICE, moment=START)

    assert inventory.objection(move) is None
    assert refused(inventory.transition(move)).clause == "SEC App. AC 4.13"


def test_joining_waits_for_a_commissioned_meter(inventory: Inventory) -> None:
    """SEC App. AC 4.9."""
    notify_home(inventory)
    connect_hub(inventory)

    early = refused(inventory.join_objection(ESME, PPMID))
    attempt = refused(inventory.join(ESME, PPMID, over_wan(), START))
    commission(inventory, DeviceKind.ESME)

    assert early.clause == attempt.clause == "SEC App. AC 4.9"
    assert inventory.join_objection(ESME, PPMID) is None
    assert changed(inventory.join(ESME, PPMID, over_wan(), START)).after is SmiStatus.COMMISSIONED


def test_joining_needs_success_and_leaves_no_association_without(inventory: Inventory) -> None:
    notify_home(inventory)
    connect_hub(inventory)
    commission(inventory, DeviceKind.ESME)

    refused(inventory.join(ESME, PPMID, over_wan(successful=False), START))

    assert status(inventory, PPMID) is SmiStatus.PENDING
    assert inventory.members(ESME) == ()


def test_a_join_into_the_log_of_the_gas_meter_commissions_no_ppmid(inventory: Inventory) -> None:
    notify_home(inventory)
    connect_hub(inventory)
    commission(inventory, DeviceKind.GSME)

    answer = inventory.join(GSME, PPMID, over_wan(), START)

    assert isinstance(answer, Unchanged)
    assert status(inventory, PPMID) is SmiStatus.PENDING


def test_a_second_join_adds_an_association_only_once(inventory: Inventory) -> None:
    commissioned_home(inventory)

    again = inventory.join(ESME, PPMID, over_wan(), START)

    assert isinstance(again, Unchanged)
    assert {each.device for each in inventory.members(ESME)} == {PPMID, HCALCS, CAD}


def test_unlisted_ends_of_a_join_are_refused(inventory: Inventory) -> None:
    inventory.pre_notify([told(DeviceKind.ESME)], START)

    for target, other in ((GSME, ESME), (ESME, GSME)):
        assert refused(inventory.join_objection(target, other)).code == "E19"


def test_a_pair_that_never_joins_is_refused(inventory: Inventory) -> None:
    notify_home(inventory)

    assert refused(inventory.join_objection(ESME, GSME)).code == "E11"


def test_unjoining_takes_the_association_away_and_no_status(inventory: Inventory) -> None:
    commissioned_home(inventory)

    inventory.unjoin(ESME, PPMID)

    assert {each.device for each in inventory.members(ESME)} == {HCALCS, CAD}
    assert status(inventory, PPMID) is SmiStatus.COMMISSIONED


def test_what_another_process_changed_is_seen(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/smi.db"
    with Inventory.open(url) as ours, Inventory.open(url) as theirs:
        ours.pre_notify([told(DeviceKind.ESME)], START)
        assert known(ours, ESME).hub == CHF

        theirs.set_hub(ESME, None)

        assert known(ours, ESME).hub is None


def test_a_device_is_read_anew_after_every_change() -> None:
    with Inventory.open() as inventory:
        assert inventory.device(ESME) is None
        inventory.pre_notify([told(DeviceKind.ESME)], START)
        assert known(inventory, ESME).hub == CHF

        inventory.set_hub(ESME, None)

        assert known(inventory, ESME).hub is None
