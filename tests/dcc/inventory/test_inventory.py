"""The same expectations on SQLite and on a PostgreSQL server."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy import create_engine, inspect, text

from emulator.dcc.inventory.device_kinds import DeviceKind, Generation
from emulator.dcc.inventory.evidence import WanContact
from emulator.dcc.inventory.inventory import Details, Inventory
from emulator.dcc.inventory.records import InventoryRefusal, Model, Move, PreNotification, Unchanged
from emulator.dcc.inventory.schema import METADATA
from emulator.dcc.inventory.settings import InventorySettings
from emulator.dcc.inventory.statuses import Certainty, CplStatus, SmiStatus
from emulator.dcc.inventory.triggers import Trigger
from emulator.kernel.errors import LocalError
from emulator.kernel.identity import Eui64
from emulator.testing.inventory_scene import (
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
    move_to,
    notify_home,
    on_site,
    over_wan,
    refused,
    set_clock_response,
    status,
    told,
)
from emulator.testing.postgresql import postgresql_server


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgresql_server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A new, empty database."""
    if request.param == "sqlite":
        yield "sqlite://"
        return
    server: str = request.getfixturevalue("server")
    engine = create_engine(server)
    with engine.begin() as connection:
        for table in METADATA.sorted_tables:
            if inspect(connection).has_table(table.name):
                connection.execute(text(f"TRUNCATE {table.name}"))
    engine.dispose()
    yield server


@pytest.fixture
def inventory(url: str) -> Iterator[Inventory]:
    with Inventory.open(url) as opened:
        yield opened


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


def test_devices_are_found_by_what_users_tell(inventory: Inventory) -> None:
    notify_home(inventory)
    details = Details(
        mpxn="2000000000006",
        export_mpxn="2000000000015",
        uprn="100012345678",
        postcode="AB1 2CD",
        firmware="00000002",
    )

    inventory.set_details(ESME, details)
    inventory.set_details(ESME, Details())

    for found in (
        inventory.by_mpxn("2000000000006"),
        inventory.by_mpxn("2000000000015"),
        inventory.by_uprn("100012345678"),
        inventory.by_postcode("AB1 2CD"),
    ):
        assert [each.device for each in found] == [ESME]
    assert known(inventory, ESME).model.firmware == "00000002"


def test_details_of_an_unknown_device_are_refused(inventory: Inventory) -> None:
    answer = inventory.set_details(ESME, Details(mpxn="1"))

    assert isinstance(answer, InventoryRefusal)
    assert answer.code == "E19"


def test_a_new_hub_takes_over_all_but_the_gpf(inventory: Inventory) -> None:
    notify_home(inventory)
    new = Eui64(0xB2)

    inventory.replace_hub(CHF, new)

    assert [each.device for each in inventory.by_hub(CHF)] == [GPF]
    assert ESME in {each.device for each in inventory.by_hub(new)}


def test_the_hub_of_one_device_can_be_set(inventory: Inventory) -> None:
    notify_home(inventory)

    inventory.set_hub(ESME, None)

    assert known(inventory, ESME).hub is None


def test_a_removed_device_is_gone_but_for_its_history(inventory: Inventory) -> None:
    notify_home(inventory)

    assert inventory.remove(ESME, INSTALLER, after(hours=1)) is None

    assert inventory.device(ESME) is None
    assert [line.event for line in inventory.history(ESME)] == ["listed", "removed"]
    assert isinstance(inventory.pre_notify([told(DeviceKind.ESME)], after(hours=2)), tuple) is not (
        False
    )


def test_a_device_in_use_is_not_removed(inventory: Inventory) -> None:
    commissioned_home(inventory)

    refused(inventory.remove(ESME, INSTALLER, after(hours=1)))

    assert status(inventory, ESME) is SmiStatus.COMMISSIONED
    assert refused(inventory.remove(Eui64(1), INSTALLER, START)).code == "E19"


def test_a_product_that_leaves_the_list_suspends_its_devices_until_it_is_back(
    inventory: Inventory,
) -> None:
    commissioned_home(inventory)
    product = known(inventory, ESME).model

    suspended = inventory.set_cpl_status(product, CplStatus.WITHDRAWN, after(days=1))
    restored = inventory.set_cpl_status(product, CplStatus.ACTIVE, after(days=2))

    assert [(each.device, each.after) for each in suspended] == [(ESME, SmiStatus.SUSPENDED)]
    assert [(each.device, each.after) for each in restored] == [(ESME, SmiStatus.COMMISSIONED)]
    assert inventory.cpl_status(product) is CplStatus.ACTIVE
    assert known(inventory, ESME).commissioned == START


def test_a_product_nobody_listed_has_no_status(inventory: Inventory) -> None:
    assert inventory.cpl_status(Model("x", "y", "z")) is None


def test_a_suspended_pending_meter_comes_back_pending(inventory: Inventory) -> None:
    notify_home(inventory)

    move_to(inventory, ESME, Trigger.MODEL_SUSPENDED)
    move_to(inventory, ESME, Trigger.MODEL_RESTORED)

    assert status(inventory, ESME) is SmiStatus.PENDING


def test_install_codes_are_kept_apart_and_go_with_the_device(inventory: Inventory) -> None:
    notify_home(inventory)
    code = bytes.fromhex("83FED3407A939723A5C639B26916D505")

    assert inventory.keep_install_code(ESME, b"old") is None
    assert inventory.keep_install_code(ESME, code) is None

    assert inventory.install_code(ESME) == code
    inventory.remove(ESME, INSTALLER, START)
    assert inventory.install_code(ESME) is None
    assert refused(inventory.keep_install_code(ESME, code)).code == "E19"


def test_time_does_not_run_backwards(inventory: Inventory) -> None:
    inventory.pre_notify([told(DeviceKind.CHF)], after(hours=1))

    with pytest.raises(LocalError, match="lies before"):
        connect_hub(inventory, START)


def test_a_moment_without_time_zone_is_refused(inventory: Inventory) -> None:
    with pytest.raises(LocalError, match="time zone"):
        inventory.pre_notify(
            [told(DeviceKind.CHF)],
            datetime(2026, 1, 5),  # noqa: DTZ001 - what is tested is a moment without zone
        )

    assert inventory.snapshot() == ()


@pytest.mark.parametrize(
    "statement", ["UPDATE history SET after = 'Commissioned'", "DELETE FROM history"]
)
def test_the_database_itself_keeps_the_history(url: str, statement: str, tmp_path: object) -> None:
    if url == "sqlite://":
        url = f"sqlite:///{tmp_path}/smi.db"
    with Inventory.open(url) as inventory:
        notify_home(inventory)

    engine = create_engine(url)
    with pytest.raises(Exception, match="append-only"), engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_a_smets1_meter_is_commissioned_without_a_gbcs_message(inventory: Inventory) -> None:
    notify_home(inventory)
    connect_hub(inventory)
    old = Eui64(0xC0)
    inventory.pre_notify(
        [
            PreNotification(
                device=old,
                kind=DeviceKind.ESME,
                notifier=INSTALLER,
                generation=Generation.SMETS1,
                hub=CHF,
            )
        ],
        START,
    )

    change = inventory.transition(
        Move(
            device=old,
            trigger=Trigger.COMMISSION_DEVICE,
            moment=START,
            evidence=over_wan(b"answer of a SMETS1 service provider"),
        )
    )

    assert changed(change).after is SmiStatus.COMMISSIONED


def test_a_response_taken_on_site_joins_but_does_not_commission_a_meter(
    inventory: Inventory,
) -> None:
    notify_home(inventory)
    connect_hub(inventory)
    move = Move(
        device=ESME,
        trigger=Trigger.COMMISSION_DEVICE,
        moment=START,
        evidence=on_site(set_clock_response(DeviceKind.ESME)),
    )

    assert refused(inventory.transition(move)).clause == "SEC App. AC 4.13"


def test_what_was_committed_is_there_when_it_is_opened_again(tmp_path: object) -> None:
    url = f"sqlite:///{tmp_path}/smi.db"
    with Inventory.open(url) as inventory:
        commissioned_home(inventory)
        expected = inventory.snapshot()

    with Inventory.open(url) as again:
        assert again.snapshot() == expected
        assert again.history(ESME)


@pytest.mark.parametrize("text_of_user", ["1" * 22, "2000\x00", "\ud800"])
def test_text_that_no_schema_allows_changes_nothing(
    inventory: Inventory, text_of_user: str
) -> None:
    notify_home(inventory)
    before = inventory.snapshot()

    with pytest.raises(LocalError, match="mpxn"):
        inventory.set_details(ESME, Details(mpxn=text_of_user))

    assert inventory.snapshot() == before


def test_a_contact_of_another_hub_commissions_nobody(inventory: Inventory) -> None:
    notify_home(inventory)

    answer = inventory.transition(
        Move(
            device=CHF,
            trigger=Trigger.WAN_CONTACT,
            moment=START,
            evidence=WanContact(GPF, START),
        )
    )

    assert status(inventory, CHF) is SmiStatus.PENDING
    assert not refused(answer).certainty.verified
