"""Cases are made from records: who may send, how it is protected, whether its counter counts."""

import pytest

from emulator.bench.cases.cases import Case, Outcome, cases_of
from emulator.bench.cases.checks import Check
from emulator.bench.running.scripts import SCRIPTS
from emulator.gbcs.pki import DEFAULT_ORGANISATIONS
from emulator.gbcs.protection.key_store import KeyUse
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs_device.authority import permitted_roles
from emulator.gbcs_device.device_kind import CELLS, DeviceKind
from emulator.testing.scenes.bench_scene import case_named


def of(kind: DeviceKind, code: int) -> list[Case]:
    return [each for each in cases_of(kind) if each.use_case.code == code]


@pytest.mark.parametrize("kind", [each for each in DeviceKind if each is not DeviceKind.SAPC])
def test_every_kind_of_device_has_cases_with_names_of_their_own(kind: DeviceKind) -> None:
    made = cases_of(kind)

    assert len({each.name for each in made}) == len(made) > 100


def test_the_library_has_thousands_of_cases() -> None:
    assert sum(len(cases_of(kind)) for kind in DeviceKind) >= 2500


def test_a_read_with_a_mac_is_neither_signed_nor_guarded_by_a_counter() -> None:
    checks = {each.check for each in of(DeviceKind.ESME, 0x0027)}

    assert Check.WRONG_MAC in checks
    assert not checks & {Check.WRONG_SIGNATURE, Check.REPLAYED, Check.FUTURE_DATED}


def test_a_critical_command_that_can_wait_has_every_check_but_those_of_reads() -> None:
    checks = {each.check for each in of(DeviceKind.ESME, 0x001A)}

    assert checks == set(SCRIPTS) - {Check.WHILE_ASLEEP, Check.ALERT}


def test_commands_wait_for_devices_that_sleep_and_for_no_others() -> None:
    kinds = {
        kind
        for kind in DeviceKind
        if any(each.check is Check.WHILE_ASLEEP for each in cases_of(kind))
    }

    assert kinds == {DeviceKind.GSME}


def test_a_change_of_a_log_has_an_alert_that_is_due() -> None:
    due = {
        each.name: each.expected.alert
        for kind in DeviceKind
        for each in cases_of(kind)
        if each.check is Check.ALERT
    }

    assert due == {"CHF/0001/CCS01/alert": 0x8F12, "GPF/000E/CS03B/alert": 0x8071}


@pytest.mark.parametrize("code", [0x0027, 0x001A])
def test_every_organisation_whose_role_may_not_send_a_command_is_tried(code: int) -> None:
    cases = of(DeviceKind.ESME, code)

    tried = [each.sender for each in cases if each.check is Check.ROLE]

    everybody = {each.role for each in DEFAULT_ORGANISATIONS}
    assert tried == sorted(everybody - permitted_roles(cases[0].use_case))
    assert RemotePartyRole.RECOVERY in tried


def test_every_organisation_can_sign_what_it_may_not_send() -> None:
    assert all(KeyUse.DIGITAL_SIGNATURE in each.uses for each in DEFAULT_ORGANISATIONS)


def test_a_role_that_is_known_lacks_authority_and_one_that_is_not_is_a_stranger() -> None:
    alerts = {
        each.sender: each.expected.alert
        for each in of(DeviceKind.ESME, 0x0027)
        if each.check is Check.ROLE
    }

    assert alerts[RemotePartyRole.RECOVERY] == 0x8F30
    assert alerts[RemotePartyRole.WAN_PROVIDER] == 0x8F3E


def test_of_several_who_may_send_a_command_the_supplier_does() -> None:
    case = case_named("ESME/0027/ECS17b/success")

    assert len(permitted_roles(case.use_case)) > 1
    assert case.sender is RemotePartyRole.SUPPLIER


def test_each_item_of_a_command_fails_once() -> None:
    items = [
        each.expected.item for each in of(DeviceKind.ESME, 0x0027) if each.expected.item is not None
    ]

    assert items == list(range(len(items)))
    assert len(items) >= 1


def test_a_command_filled_with_examples_has_to_be_answered_only() -> None:
    filled, plain = case_named("ESME/001A/ECS02/success"), case_named("ESME/0027/ECS17b/success")

    assert plain.expected.outcome is Outcome.SUCCEEDS
    assert filled.expected.outcome in (Outcome.ANSWERED, Outcome.SUCCEEDS)


def test_a_case_names_rule_and_use_case_in_its_clause() -> None:
    clause = case_named("ESME/0027/ECS17b/wrong-mac").clause

    assert clause == "GBCS 6.2.4, MAC; GBCS use case ECS17b"


def test_a_message_for_another_device_leads_to_no_alert() -> None:
    assert case_named("ESME/0027/ECS17b/wrong-recipient").expected.alert is None


@pytest.mark.parametrize("kind", DeviceKind)
def test_senders_may_send_and_are_known_and_others_may_not_or_are_not(kind: DeviceKind) -> None:
    known = {RemotePartyRole(each.remote_party_role) for each in CELLS[kind]}
    for case in cases_of(kind):
        allowed = permitted_roles(case.use_case)
        if case.check is Check.ROLE:
            assert case.sender not in allowed
        else:
            assert case.sender in allowed & known
