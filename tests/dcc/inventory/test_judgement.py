"""Every case of trigger, kind and status, and a walk over them beside a model of the clauses."""

from itertools import product

import pytest

from emulator.dcc.inventory.device_kinds import TYPE_2, DeviceKind
from emulator.dcc.inventory.evidence import Evidence, WanContact
from emulator.dcc.inventory.guards import Situation
from emulator.dcc.inventory.judgement import judge, objection
from emulator.dcc.inventory.records import InventoryRefusal, Move, StatusChange, Unchanged
from emulator.dcc.inventory.settings import InventorySettings
from emulator.dcc.inventory.statuses import SmiStatus
from emulator.dcc.inventory.transitions import After, transitions
from emulator.dcc.inventory.triggers import Trigger
from emulator.kernel.errors import LocalError
from emulator.testing.scenes.inventory_scene import (
    CHF,
    HOME,
    START,
    device_record,
    over_wan,
    set_clock_response,
)

PARTNERS = {DeviceKind.GPF: DeviceKind.GSME}
CASES = [
    (trigger, kind, status)
    for trigger, kind, status in product(Trigger, DeviceKind, (*SmiStatus, None))
    if (status is None) == (kind in TYPE_2) and trigger is not Trigger.PRE_NOTIFIED
]


def at_its_best(trigger: Trigger, kind: DeviceKind, status: SmiStatus | None) -> Situation:
    """A situation in which every guard holds."""
    evidence: Evidence = over_wan(set_clock_response(kind))
    if trigger is Trigger.WAN_CONTACT:
        evidence = WanContact(HOME[kind], START)
    to = None
    if trigger is Trigger.STATUS_UPDATED:
        choices = transitions(trigger, kind, status)
        to = choices[0].after if choices else SmiStatus.COMMISSIONED
    assert not isinstance(to, After)
    move = Move(device=HOME[kind], trigger=trigger, moment=START, evidence=evidence, to=to)
    return Situation(
        move,
        device_record(kind, status, resumes=SmiStatus.PENDING),
        device_record(DeviceKind.CHF, SmiStatus.COMMISSIONED),
        device_record(PARTNERS.get(kind, DeviceKind.ESME), SmiStatus.COMMISSIONED),
    )


def test_every_case_has_an_answer_and_what_is_not_listed_is_refused() -> None:
    for case in CASES:
        verdict = judge(at_its_best(*case), InventorySettings())

        listed = transitions(*case)
        assert isinstance(verdict, InventoryRefusal) == (not listed), case
        if isinstance(verdict, StatusChange):
            assert verdict.clause == listed[0].clause
            assert verdict.before is case[2]


def test_every_refusal_names_a_clause_and_a_code() -> None:
    for case in CASES:
        verdict = judge(at_its_best(*case), InventorySettings())

        if isinstance(verdict, InventoryRefusal):
            assert verdict.clause
            assert verdict.code in {"E5", "E11"}


def test_a_request_is_never_refused_where_its_success_is_accepted() -> None:
    for case in CASES:
        situation = at_its_best(*case)

        accepted = not isinstance(judge(situation, InventorySettings()), InventoryRefusal)

        assert (objection(situation) is None) == accepted


def test_without_evidence_no_case_leads_to_commissioned_but_an_update_of_a_hub() -> None:
    for trigger, kind, status in CASES:
        situation = at_its_best(trigger, kind, status)
        move = Move(device=HOME[kind], trigger=trigger, moment=START, to=SmiStatus.COMMISSIONED)
        bare = Situation(move, situation.device, situation.hub, situation.partner)

        verdict = judge(bare, InventorySettings())

        if isinstance(verdict, StatusChange) and verdict.after is SmiStatus.COMMISSIONED:
            assert (trigger, kind) == (Trigger.STATUS_UPDATED, DeviceKind.CHF)


@pytest.mark.parametrize("kind", [DeviceKind.IHD, DeviceKind.CAD])
def test_a_type_2_device_is_never_commissioned(kind: DeviceKind) -> None:
    """SEC App. AC 4.15."""
    refused = judge(at_its_best(Trigger.COMMISSION_DEVICE, kind, None), InventorySettings())

    assert isinstance(refused, InventoryRefusal)
    assert (refused.clause, refused.code) == ("SEC App. AC 4.15", "E11")


def test_a_user_cannot_declare_a_meter_commissioned() -> None:
    move = Move(
        device=HOME[DeviceKind.ESME],
        trigger=Trigger.STATUS_UPDATED,
        moment=START,
        to=SmiStatus.COMMISSIONED,
    )

    refused = judge(
        Situation(move, device_record(DeviceKind.ESME, SmiStatus.WHITELISTED)),
        InventorySettings(),
    )

    assert isinstance(refused, InventoryRefusal)
    assert "Commissioned" in refused.reason


def test_what_a_key_means_is_a_setting_and_commissioning_does_not_hang_on_it() -> None:
    situation = at_its_best(Trigger.KEY_ESTABLISHED, DeviceKind.ESME, SmiStatus.WHITELISTED)
    cautious = InventorySettings(joined_means_installed=False)

    assert isinstance(judge(situation, InventorySettings()), StatusChange)
    assert isinstance(judge(situation, cautious), Unchanged)
    for status in (SmiStatus.WHITELISTED, SmiStatus.INSTALLED_NOT_COMMISSIONED):
        ready = at_its_best(Trigger.COMMISSION_DEVICE, DeviceKind.ESME, status)
        assert isinstance(judge(ready, cautious), StatusChange)


def test_a_suspension_ends_where_it_began() -> None:
    situation = at_its_best(Trigger.MODEL_RESTORED, DeviceKind.ESME, SmiStatus.SUSPENDED)

    verdict = judge(situation, InventorySettings())

    assert isinstance(verdict, StatusChange)
    assert verdict.after is SmiStatus.PENDING


def test_a_suspension_without_a_beginning_is_our_own_fault() -> None:
    move = Move(device=CHF, trigger=Trigger.MODEL_RESTORED, moment=START)

    with pytest.raises(LocalError):
        judge(
            Situation(move, device_record(DeviceKind.CHF, SmiStatus.SUSPENDED)),
            InventorySettings(),
        )


@pytest.mark.parametrize("status", [None, *SmiStatus])
def test_a_command_goes_ahead_without_proof_once_its_hub_is_commissioned(
    status: SmiStatus | None,
) -> None:
    """SEC App. AC 4.12 (c)."""
    move = Move(device=HOME[DeviceKind.ESME], trigger=Trigger.COMMISSION_DEVICE, moment=START)
    hub = None if status is None else device_record(DeviceKind.CHF, status)

    refused = objection(Situation(move, device_record(DeviceKind.ESME), hub))

    if status is SmiStatus.COMMISSIONED:
        assert refused is None
    else:
        assert refused is not None
        assert refused.clause == "SEC App. AC 4.12(c)"


@pytest.mark.parametrize("kind", [DeviceKind.PPMID, DeviceKind.GPF])
def test_a_join_goes_ahead_once_its_partner_is_commissioned(kind: DeviceKind) -> None:
    """SEC App. AC 4.9, 4.10."""
    move = Move(device=HOME[kind], trigger=Trigger.JOIN_SERVICE, moment=START)
    partners = {
        status: device_record(PARTNERS.get(kind, DeviceKind.ESME), status) for status in SmiStatus
    }

    free = {
        status
        for status, partner in partners.items()
        if objection(Situation(move, device_record(kind), partner=partner)) is None
    }

    assert free == {SmiStatus.COMMISSIONED}


def test_what_a_kind_never_has_is_refused_otherwise_than_what_its_status_lacks() -> None:
    met = at_its_best(Trigger.KEY_ESTABLISHED, DeviceKind.ESME, SmiStatus.DECOMMISSIONED)
    never = at_its_best(Trigger.KEY_ESTABLISHED, DeviceKind.CHF, SmiStatus.PENDING)

    refused = [judge(each, InventorySettings()) for each in (met, never)]

    assert [each.code for each in refused if isinstance(each, InventoryRefusal)] == ["E5", "E11"]
