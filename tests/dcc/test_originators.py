import pytest

from emulator.dcc.inventory.device_kinds import DeviceKind
from emulator.dcc.originators import Origin, Originators
from emulator.dcc.service_request import RequestId, ServiceRequest
from emulator.dcc.users import SUPPLIERS, User, UserRole
from emulator.gbcs.service_requests.catalogue import service_request
from emulator.gbcs.use_cases.catalogue import use_case
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64

BROKER, COS_PARTY = Eui64(1), Eui64(2)
SUPPLIER = User(Eui64(3), "supplier", SUPPLIERS)
DISTRIBUTOR = User(Eui64(4), "distributor", frozenset((UserRole.ELECTRICITY_DISTRIBUTOR,)))
OTHER = User(Eui64(5), "other", frozenset((UserRole.OTHER_USER,)))
COUNTER = 1002


def origin(srv: str, code: int, user: User, kind: DeviceKind) -> Origin:
    request = ServiceRequest(
        request_id=RequestId(user.eui64, Eui64(9), COUNTER), srv=srv, variant=1
    )
    return Originators(BROKER, COS_PARTY, {BROKER: 1301, COS_PARTY: 6000}).origin(
        request, service=service_request(srv), use_case=use_case(code), user=user, kind=kind
    )


@pytest.mark.parametrize(
    ("srv", "code", "user", "kind"),
    [
        ("7.1", 0x4F, SUPPLIER, DeviceKind.ESME),
        ("4.1.1", 0x27, SUPPLIER, DeviceKind.ESME),
        ("4.1.1", 0x27, DISTRIBUTOR, DeviceKind.ESME),
        ("6.5", 0x45, DISTRIBUTOR, DeviceKind.ESME),
        ("8.7.2", 0x0E, SUPPLIER, DeviceKind.GSME),
    ],
)
def test_known_user_makes_its_own_commands(
    srv: str, code: int, user: User, kind: DeviceKind
) -> None:
    assert origin(srv, code, user, kind) == Origin(user.eui64, COUNTER)


@pytest.mark.parametrize(
    ("srv", "code", "user", "kind"),
    [
        ("8.11", 0x01, SUPPLIER, DeviceKind.CHF),
        ("11.2", 0x129, SUPPLIER, DeviceKind.PPMID),
        ("4.8.1", 0x37, OTHER, DeviceKind.ESME),
        ("9.1", 0x58, OTHER, DeviceKind.ESME),
    ],
)
def test_broker_speaks_for_users_whom_the_device_does_not_know(
    srv: str, code: int, user: User, kind: DeviceKind
) -> None:
    assert origin(srv, code, user, kind) == Origin(BROKER, 1302, user.eui64, COUNTER)


@pytest.mark.parametrize("code", [0xAB, 0xAF])
def test_broker_signs_what_a_display_is_to_join(code: int) -> None:
    made = origin("8.7.2", code, SUPPLIER, DeviceKind.PPMID)

    assert made == Origin(BROKER, 1302, SUPPLIER.eui64, COUNTER, signed=True)


@pytest.mark.parametrize(
    ("srv", "code", "kind", "signed"),
    [
        ("6.21", 0x102, DeviceKind.GPF, True),
        ("6.24.1", 0x08, DeviceKind.ESME, False),
        ("8.5", 0x104, DeviceKind.ESME, False),
        ("8.12.2", 0x8C, DeviceKind.GPF, False),
    ],
)
def test_broker_acts_in_its_own_name(srv: str, code: int, kind: DeviceKind, signed: bool) -> None:
    assert origin(srv, code, SUPPLIER, kind) == Origin(BROKER, 1302, signed=signed)


def test_change_of_supplier_is_signed_by_its_own_party() -> None:
    made = origin("6.23", 0x107, SUPPLIER, DeviceKind.ESME)

    assert made == Origin(COS_PARTY, 6001, signed=True)


def test_counters_rise_and_can_be_gone_on_from() -> None:
    parties = Originators(BROKER, COS_PARTY)

    first, second = parties.scheduled_origin(OTHER), parties.scheduled_origin(OTHER)

    assert (first.counter, second.counter) == (1, 2)
    assert first.supplementary == OTHER.eui64
    assert parties.counters == {BROKER: 2, COS_PARTY: 0}


def test_party_of_the_dcc_counts_on_in_its_own_name() -> None:
    parties = Originators(BROKER, COS_PARTY, {BROKER: 1301, COS_PARTY: 6000})

    assert parties.own_origin(BROKER, signed=False) == Origin(BROKER, 1302)
    assert parties.own_origin(COS_PARTY, signed=True) == Origin(COS_PARTY, 6001, signed=True)
    with pytest.raises(UsageError, match="no party of the DCC"):
        parties.own_origin(OTHER.eui64, signed=False)


def test_broker_speaks_for_whom_it_is_told() -> None:
    parties = Originators(BROKER, COS_PARTY, {BROKER: 1301})

    made = parties.brokered_origin(OTHER.eui64, COUNTER, signed=False)

    assert made == Origin(BROKER, 1302, OTHER.eui64, COUNTER)
