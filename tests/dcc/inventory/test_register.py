from emulator.dcc.inventory.database import IN_MEMORY, Database
from emulator.dcc.inventory.device_kinds import DeviceKind
from emulator.dcc.inventory.guards import Situation
from emulator.dcc.inventory.records import InventoryRefusal, Move, StatusChange
from emulator.dcc.inventory.register import NO_SUCH_DEVICE, Register, not_listed
from emulator.dcc.inventory.settings import InventorySettings
from emulator.dcc.inventory.statuses import SmiStatus
from emulator.dcc.inventory.triggers import Trigger
from emulator.kernel.identity import format_eui64
from emulator.testing.scenes.inventory_scene import CHF, ESME, GPF, GSME, PPMID, START, told


def register() -> Register:
    made = Register(Database(IN_MEMORY), InventorySettings())
    made.list_devices([told(kind) for kind in (DeviceKind.CHF, DeviceKind.ESME)], START)
    return made


def test_the_hub_is_looked_up_only_where_it_matters() -> None:
    commissioning = register().situation(
        Move(device=ESME, trigger=Trigger.COMMISSION_DEVICE, moment=START)
    )
    suspension = register().situation(
        Move(device=ESME, trigger=Trigger.MODEL_SUSPENDED, moment=START)
    )

    assert isinstance(commissioning, Situation)
    assert isinstance(suspension, Situation)
    assert commissioning.hub is not None
    assert commissioning.hub.device == CHF
    assert suspension.hub is None


def test_a_hub_that_is_not_listed_is_no_hub() -> None:
    made = Register(Database(IN_MEMORY), InventorySettings())
    made.list_devices([told(DeviceKind.ESME)], START)

    situation = made.situation(Move(device=ESME, trigger=Trigger.COMMISSION_DEVICE, moment=START))

    assert isinstance(situation, Situation)
    assert situation.hub is None


def test_a_partner_is_looked_up_when_the_move_names_one() -> None:
    situation = register().situation(
        Move(device=ESME, trigger=Trigger.JOIN_SERVICE, moment=START, partner=CHF)
    )

    assert isinstance(situation, Situation)
    assert situation.partner is not None


def test_an_unknown_device_is_refused_by_the_clause_of_what_was_asked() -> None:
    """SEC App. AC 4.12 (a) speaks of Commission Device alone."""
    by_trigger = {
        trigger: register().situation(Move(device=GSME, trigger=trigger, moment=START))
        for trigger in (Trigger.COMMISSION_DEVICE, Trigger.DECOMMISSION_DEVICE)
    }

    assert by_trigger == {
        Trigger.COMMISSION_DEVICE: not_listed(GSME, "SEC App. AC 4.12(a)"),
        Trigger.DECOMMISSION_DEVICE: not_listed(GSME),
    }
    assert not_listed(GSME).clause == NO_SUCH_DEVICE


def test_a_list_with_one_bad_device_lists_none() -> None:
    made = register()

    refused = made.list_devices([told(DeviceKind.GPF), told(DeviceKind.ESME)], START)

    assert isinstance(refused, InventoryRefusal)
    assert made.load(GPF) is None


def test_a_log_that_takes_nobody_yet_is_told_with_the_status_of_its_device() -> None:
    made = register()
    made.list_devices([told(DeviceKind.PPMID)], START)

    refused = made.pair(ESME, PPMID)

    assert isinstance(refused, InventoryRefusal)
    assert refused.reason == f"ESME {format_eui64(ESME)} is Pending"


def test_a_gpf_does_not_follow_a_hub_that_is_withdrawn() -> None:
    made = register()
    made.list_devices([told(DeviceKind.GPF)], START)

    verdict = made.transition(Move(device=CHF, trigger=Trigger.HUB_RETURNED, moment=START))

    assert isinstance(verdict, StatusChange)
    assert verdict.also == ()
    gpf = made.load(GPF)
    assert gpf is not None
    assert gpf.status is SmiStatus.PENDING
