"""Who may send what to which device."""

import pytest

from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.remote_party_role import RemotePartyRole as Role
from emulator.gbcs.use_cases.catalogue import use_case, use_cases
from emulator.gbcs.use_cases.record import Category
from emulator.gbcs_device.authority import (
    DEVICES,
    ROLES,
    answered_by,
    permitted_roles,
    replay_protected,
)
from emulator.gbcs_device.device_kind import CELLS, DeviceKind
from emulator.testing.judges.reference_data import reference_keys, reference_messages

BY_CONTINGENCY = 0x0109
"""Its command is not answered: no reference message shows one."""


def test_every_command_of_a_remote_party_has_a_role_that_may_send_it() -> None:
    commands = [each for each in use_cases() if each.protection.get("command")]

    without = {f"{each.code:04X}" for each in commands if not permitted_roles(each)}

    assert without == {
        f"{each.code:04X}" for each in commands if each.category is Category.SME_C_PPMID_GSME
    }


def test_every_command_has_a_kind_of_device_that_answers_it() -> None:
    for each in use_cases():
        if each.protection.get("command"):
            assert any(answered_by(each, kind) for kind in DeviceKind), str(each)


def test_the_tables_name_only_codes_that_the_annex_leaves_open() -> None:
    assert all(not use_case(code).roles for code in ROLES)
    assert all(use_case(code).protection.get("command") for code in DEVICES)


@pytest.mark.parametrize(
    ("code", "roles"),
    [
        (0x0102, {Role.SUPPLIER}),
        (0x0103, {Role.NETWORK_OPERATOR}),
        (0x0104, {Role.ACCESS_CONTROL_BROKER}),
        (0x0105, {Role.WAN_PROVIDER}),
        (0x0106, {Role.TRANSITIONAL_CHANGE_OF_SUPPLIER}),
        (0x0107, {Role.TRANSITIONAL_CHANGE_OF_SUPPLIER}),
        (0x0108, {Role.RECOVERY}),
        (0x0125, {Role.LOAD_CONTROLLER}),
        (0x0126, {Role.SUPPLIER}),
        (0x0062, {Role.SUPPLIER}),
        (0x0001, {Role.ACCESS_CONTROL_BROKER}),
        (BY_CONTINGENCY, set()),
    ],
)
def test_a_use_case_is_for_these_roles(code: int, roles: set[Role]) -> None:
    assert permitted_roles(use_case(code)) == roles


@pytest.mark.parametrize(
    ("code", "kinds"),
    [
        (0x0001, {DeviceKind.CHF}),
        (0x0062, {DeviceKind.ESME}),
        (0x007F, {DeviceKind.GSME}),
        (0x008C, {DeviceKind.GPF}),
        (0x00AB, {DeviceKind.PPMID, DeviceKind.HCALCS}),
        (0x00AF, {DeviceKind.GSME, DeviceKind.PPMID}),
    ],
)
def test_a_use_case_is_for_these_devices(code: int, kinds: set[DeviceKind]) -> None:
    assert {kind for kind in DeviceKind if answered_by(use_case(code), kind)} == kinds


@pytest.mark.parametrize(
    ("code", "protected"), [(0x007F, True), (0x0013, False), (0x0001, True), (0x0008, False)]
)
def test_reads_may_be_repeated_and_changes_may_not(code: int, protected: bool) -> None:
    assert replay_protected(use_case(code)) is protected


def test_where_no_source_tells_reads_may_be_repeated_and_nothing_else() -> None:
    untold = [
        each
        for each in use_cases()
        if each.protection.get("command")
        and each.access is None
        and each.replay_protected is None
        and each.category is not Category.SME_C_C
    ]

    for each in untold:
        reads = each.title.startswith(("Read ", "Provide Security Credential"))
        assert replay_protected(each) is not reads, str(each)
    assert len(untold) == 16


def kinds_of(code: int) -> set[DeviceKind]:
    return {kind for kind in DeviceKind if answered_by(use_case(code), kind)}


@pytest.mark.parametrize(
    ("code", "roles"),
    [
        (0x0102, {Role.SUPPLIER}),
        (0x0103, {Role.NETWORK_OPERATOR}),
        (0x0104, {Role.ACCESS_CONTROL_BROKER}),
        (0x0105, {Role.WAN_PROVIDER}),
        (0x0106, {Role.TRANSITIONAL_CHANGE_OF_SUPPLIER}),
        (0x0107, {Role.TRANSITIONAL_CHANGE_OF_SUPPLIER, Role.SUPPLIER}),
        (0x0108, {Role.RECOVERY}),
        (0x011B, {Role.LOAD_CONTROLLER}),
        (0x0125, {Role.LOAD_CONTROLLER}),
        (0x0126, {Role.LOAD_CONTROLLER, Role.SUPPLIER}),
    ],
)
def test_certificates_are_replaced_on_every_device_that_has_cells_for_them(
    code: int, roles: set[Role]
) -> None:
    with_cells = {
        kind for kind in DeviceKind if roles <= {each.remote_party_role for each in CELLS[kind]}
    }

    assert kinds_of(code) == with_cells


@pytest.mark.parametrize("code", [0x0008, 0x000A, 0x000B, 0x000C])
def test_every_device_tells_certificates_and_has_its_own(code: int) -> None:
    assert kinds_of(code) == set(DeviceKind)


def test_what_can_be_joined_can_be_unjoined_and_has_a_log_to_read() -> None:
    """CS03A1, A2 and C against CS04AC, CS03B against CS04B, and CS07."""
    by_a_and_c = kinds_of(0x000D) | kinds_of(0x00AB) | kinds_of(0x00AF)

    assert kinds_of(0x000D) == {DeviceKind.ESME, DeviceKind.SAPC}
    assert kinds_of(0x000F) == by_a_and_c
    assert (
        kinds_of(0x0010)
        == kinds_of(0x000E)
        == set(DeviceKind)
        - {
            DeviceKind.CHF,
            DeviceKind.PPMID,
            DeviceKind.HCALCS,
        }
    )
    assert kinds_of(0x0013) == by_a_and_c | kinds_of(0x000E) == set(DeviceKind) - {DeviceKind.CHF}


def test_meters_activate_firmware_by_command() -> None:
    assert kinds_of(0x0012) == {DeviceKind.ESME, DeviceKind.GSME, DeviceKind.SAPC}


def test_reference_commands_come_from_roles_that_may_send_them() -> None:
    keys = reference_keys()
    handover = {0x0102, 0x0103}
    for each in reference_messages():
        message = Message.decode(each.octets)
        code = message.other_information.message_code
        role = keys.role(message.originator)
        if message.cra is Cra.COMMAND and role is not None and code not in handover:
            assert role in permitted_roles(use_case(code)), each.name
