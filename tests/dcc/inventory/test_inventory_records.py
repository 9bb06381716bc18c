"""What the inventory keeps besides statuses, on SQLite and on a PostgreSQL server."""

from datetime import datetime

import pytest
from sqlalchemy import create_engine, text

from emulator.dcc.inventory.device_kinds import DeviceKind, Generation
from emulator.dcc.inventory.evidence import WanContact
from emulator.dcc.inventory.inventory import Details, Inventory
from emulator.dcc.inventory.records import (
    InventoryRefusal,
    Model,
    Move,
    PreNotification,
    Verdict,
)
from emulator.dcc.inventory.statuses import CplStatus, SmiStatus
from emulator.dcc.inventory.triggers import Trigger
from emulator.kernel.errors import LocalError
from emulator.kernel.identity import Eui64
from emulator.testing.scenes.inventory_scene import (
    CHF,
    ESME,
    GPF,
    GSME,
    INSTALLER,
    START,
    after,
    changed,
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

    assert refused(inventory.remove(ESME, INSTALLER, after(hours=1))).reason == "Commissioned"

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


def commissioned_smets1(inventory: Inventory) -> Verdict:
    old = Eui64(0xC0)
    notify_home(inventory)
    connect_hub(inventory)
    meter = PreNotification(
        device=old,
        kind=DeviceKind.ESME,
        notifier=INSTALLER,
        generation=Generation.SMETS1,
        hub=CHF,
    )
    inventory.pre_notify([meter], START)
    return inventory.transition(
        Move(
            device=old,
            trigger=Trigger.COMMISSION_DEVICE,
            moment=START,
            evidence=over_wan(b"answer of a SMETS1 service provider"),
        )
    )


def test_a_smets1_meter_is_commissioned_without_a_gbcs_message(inventory: Inventory) -> None:
    assert changed(commissioned_smets1(inventory)).after is SmiStatus.COMMISSIONED


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


def test_a_meter_without_its_mpxn_is_pointed_at_until_it_is_set(inventory: Inventory) -> None:
    """SEC App. AC 4.14."""
    commissioned_home(inventory)

    at_once = inventory.mpxn_outstanding(after(hours=1))
    later = inventory.mpxn_outstanding(after(days=2))
    inventory.confirm_mpxn(ESME, over_wan(), after(days=2))

    assert at_once == ()
    assert [each.device for each in later] == [ESME, GSME]
    assert [each.device for each in inventory.mpxn_outstanding(after(days=3))] == [GSME]
    assert inventory.history(ESME)[-1].clause == "SEC App. AC 4.14"
    assert status(inventory, ESME) is SmiStatus.COMMISSIONED


def test_an_mpxn_that_was_not_set_does_not_count(inventory: Inventory) -> None:
    commissioned_home(inventory)

    refused(inventory.confirm_mpxn(ESME, over_wan(successful=False), after(hours=1)))
    unknown = refused(inventory.confirm_mpxn(Eui64(1), over_wan(), START))

    assert unknown.code == "E19"
    assert ESME in {each.device for each in inventory.mpxn_outstanding(after(days=2))}


def test_a_smets1_meter_is_exempt(inventory: Inventory) -> None:
    """SEC App. AC 4.14: in respect of SMETS2+ Devices only."""
    commissioned_smets1(inventory)

    assert inventory.mpxn_outstanding(after(days=30)) == ()
