import pytest

from emulator.dcc.users import SUPPLIERS, User, UserRole, Users, UserStatus
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64

SUPPLIER = User(Eui64(1), "supplier", SUPPLIERS)
OTHER = User(Eui64(2), "other", frozenset((UserRole.OTHER_USER,)))


def test_users_are_found_by_identifier_name_and_role() -> None:
    users = Users((SUPPLIER, OTHER))

    assert users.find(Eui64(2)) == OTHER
    assert users.find(Eui64(3)) is None
    assert users.named("supplier") == SUPPLIER
    assert users.with_role(UserRole.GAS_SUPPLIER) == (SUPPLIER,)
    assert [user.supplier for user in users] == [True, False]


@pytest.mark.parametrize(
    "twin", [User(Eui64(1), "x", SUPPLIERS), User(Eui64(9), "other", SUPPLIERS)]
)
def test_nobody_is_there_twice(twin: User) -> None:
    with pytest.raises(UsageError, match="already"):
        Users((SUPPLIER, OTHER, twin))


def test_suspended_user_stays_who_it_is() -> None:
    users = Users((SUPPLIER,))

    users.change_status(SUPPLIER.eui64, UserStatus.SUSPENDED)

    found = users.named("supplier")
    assert (found.status, found.roles) == (UserStatus.SUSPENDED, SUPPLIERS)


def test_unknown_users_are_named() -> None:
    with pytest.raises(UsageError, match="expected one of none"):
        Users().named("supplier")
    with pytest.raises(UsageError, match="no user"):
        Users().change_status(Eui64(1), UserStatus.ACTIVE)
