"""The parties of the laboratory have certificates, users have names."""

from emulator.dcc.users import UserRole
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.lab.world.parties import (
    BROKER,
    COS_PARTY,
    METER_DATA_RETRIEVER,
    NAMES,
    ORGANISATIONS,
    USERS,
)


def test_users_are_organisations_with_certificates() -> None:
    known = {each.eui64 for each in ORGANISATIONS}

    assert {user.eui64 for user in USERS} <= known
    assert {BROKER, COS_PARTY} <= known


def test_there_are_three_suppliers_for_chains_of_changes() -> None:
    imports = {each.eui64 for each in USERS if UserRole.IMPORT_SUPPLIER in each.roles}
    suppliers = [each for each in ORGANISATIONS if each.role is RemotePartyRole.SUPPLIER]

    assert len(imports) == 3
    assert imports <= {each.eui64 for each in suppliers}


def test_somebody_retrieves_meter_data() -> None:
    roles = [each.roles for each in USERS if each.eui64 == METER_DATA_RETRIEVER]

    assert roles == [frozenset((UserRole.METER_DATA_RETRIEVAL,))]


def test_everybody_is_called_something_else() -> None:
    assert len(set(NAMES.values())) == len(NAMES) == len(USERS) + 2
