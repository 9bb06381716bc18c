"""Bad requests: refused with a code and words, written to the trace, nothing executed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from emulator.dcc.checks.access_control import Case, Refusal, refusal, refusal_when_due
from emulator.dcc.facts import CommandSent, ServiceRequestRefused
from emulator.dcc.inventory.statuses import SmiStatus
from emulator.dcc.service_request import (
    Acknowledgement,
    CommandVariant,
    Endpoint,
    RequestId,
    ServiceRequest,
)
from emulator.dcc.settings import DccSettings
from emulator.dcc.users import User, UserRole, UserStatus
from emulator.gbcs.service_requests.catalogue import service_requests
from emulator.gbcs.service_requests.record import ServiceRequestType
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Duration, hours, seconds
from emulator.testing.scenes.dcc_scene import (
    ESME,
    GSME,
    HUB,
    IHD,
    STRANGER,
    UNKNOWN_USER,
    DccScene,
    FakeRegistrations,
    dcc_scene,
)


@pytest.fixture
def scene() -> DccScene:
    made = dcc_scene()
    made.commissioned(HUB, ESME)
    made.listed(GSME, IHD)
    made.connect()
    made.run(seconds(2))
    return made


def sent(scene: DccScene, request: ServiceRequest) -> Acknowledgement:
    return scene.dcc.submit(request)


def read(scene: DccScene, **changes: object) -> ServiceRequest:
    """A good request, but for what changes."""
    user = scene.dcc.user("supplier").eui64
    good = ServiceRequest(
        request_id=RequestId(user, ESME, 5000), srv="6.2.7", variant=CommandVariant.SEND
    )
    return replace(good, **changes)  # type: ignore[arg-type]  # the names of fields, by keyword


def assert_refused(scene: DccScene, answer: Acknowledgement, code: str) -> None:
    """It has the code and our words, the trace says so, and nothing was executed."""
    scene.run(seconds(5))
    assert answer.code == code
    assert answer.reason
    assert answer.clause
    ((_, fact),) = scene.trace.of(ServiceRequestRefused)
    assert (fact.code, fact.reason) == (code, answer.reason)
    assert not list(scene.trace.of(CommandSent))
    assert not scene.home.heard


def test_good_request_passes(scene: DccScene) -> None:
    assert sent(scene, read(scene)).code == "I99"


def test_unknown_user_is_e1(scene: DccScene) -> None:
    request = read(scene, request_id=RequestId(UNKNOWN_USER, ESME, 1))

    assert_refused(scene, sent(scene, request), "E1")


def test_wrong_role_is_e2(scene: DccScene) -> None:
    user = scene.dcc.user("network operator").eui64
    request = read(scene, request_id=RequestId(user, ESME, 1), srv="7.1", variant=4)

    assert_refused(scene, sent(scene, request), "E2")


def test_suspended_user_is_e3(scene: DccScene) -> None:
    user = scene.dcc.user("supplier").eui64
    scene.dcc.world.users.change_status(user, UserStatus.SUSPENDED)

    assert_refused(scene, sent(scene, read(scene)), "E3")


def test_supplier_of_another_is_e4(scene: DccScene) -> None:
    user = scene.dcc.user("other supplier").eui64
    request = read(scene, request_id=RequestId(user, ESME, 1))

    assert_refused(scene, sent(scene, request), "E4")


def test_commission_device_by_another_than_the_responsible_supplier_is_e4(scene: DccScene) -> None:
    answer = scene.dcc.request("other supplier", "8.1.1", GSME)

    assert answer.clause == "SEC App. AC 4.11"
    assert_refused(scene, answer, "E4")


def test_commission_device_needs_somebody_who_is_registered(scene: DccScene) -> None:
    scene.registrations.holders.clear()

    assert_refused(scene, scene.dcc.request("supplier", "8.1.1", GSME), "E4")


def test_commission_device_for_a_commissioned_meter_is_e5(scene: DccScene) -> None:
    answer = scene.dcc.request("supplier", "8.1.1", ESME)

    assert answer.clause == "SEC App. AC 4.12(b)"
    assert_refused(scene, answer, "E5")


def test_commission_device_for_a_display_is_e11(scene: DccScene) -> None:
    answer = scene.dcc.request("supplier", "8.1.1", IHD)

    assert answer.clause == "SEC App. AC 4.15"
    assert_refused(scene, answer, "E11")


def test_request_for_another_kind_of_device_is_e11(scene: DccScene) -> None:
    assert_refused(scene, scene.dcc.request("supplier", "1.7", GSME), "E11")


@pytest.mark.parametrize("variant", [CommandVariant.TRANSFORM, CommandVariant.INTERNAL, 0, 77])
def test_wrong_variant_is_e12(scene: DccScene, variant: int) -> None:
    assert_refused(scene, sent(scene, read(scene, variant=variant)), "E12")


def test_wrong_service_is_e13(scene: DccScene) -> None:
    assert_refused(scene, sent(scene, read(scene, endpoint=Endpoint.TRANSFORM)), "E13")


def test_right_service_passes(scene: DccScene) -> None:
    assert sent(scene, read(scene, endpoint=Endpoint.SEND_COMMAND)).code == "I99"


def test_local_command_for_another_than_a_supplier_is_e17(scene: DccScene) -> None:
    user = scene.dcc.user("network operator").eui64
    request = read(scene, request_id=RequestId(user, ESME, 1), variant=2)

    assert_refused(scene, sent(scene, request), "E17")


def test_unknown_device_is_e19(scene: DccScene) -> None:
    user = scene.dcc.user("supplier").eui64
    request = read(scene, request_id=RequestId(user, STRANGER, 1))

    assert_refused(scene, sent(scene, request), "E19")


def test_commission_device_for_an_unknown_meter_is_e19(scene: DccScene) -> None:
    answer = scene.dcc.request("supplier", "8.1.1", STRANGER)

    assert answer.clause == "SEC App. AC 4.12(a)"
    assert_refused(scene, answer, "E19")


def test_unknown_service_reference_variant_is_refused(scene: DccScene) -> None:
    code = scene.dcc.world.settings.codes.malformed

    assert_refused(scene, sent(scene, read(scene, srv="99.9")), code)


def test_request_id_that_was_used_is_refused(scene: DccScene) -> None:
    sent(scene, read(scene))
    scene.run(seconds(5))
    scene.home.heard.clear()

    answer = sent(scene, read(scene, srv="6.2.4"))
    scene.run(seconds(5))

    assert answer.code == scene.dcc.world.settings.codes.duplicate
    assert not scene.home.heard


@pytest.mark.parametrize(
    ("srv", "execution"),
    [
        ("4.1.1", datetime(2026, 1, 1, tzinfo=UTC)),
        ("4.1.1", datetime(2026, 1, 6)),  # noqa: DTZ001 - a date without zone is what is tested
        ("6.2.7", datetime(2026, 1, 6, tzinfo=UTC)),
    ],
    ids=["past", "without zone", "for a request that cannot be dated"],
)
def test_impossible_date_is_refused(scene: DccScene, srv: str, execution: datetime) -> None:
    code = scene.dcc.world.settings.codes.date

    assert_refused(scene, sent(scene, read(scene, srv=srv, execution=execution)), code)


def test_date_beyond_a_horizon_is_refused_where_one_is_set() -> None:
    scene = dcc_scene(DccSettings(horizon=hours(24)))
    scene.commissioned(HUB, ESME)
    near, far = scene.moment + timedelta(hours=23), scene.moment + timedelta(days=2)

    answer = sent(scene, read(scene, srv="4.1.1", execution=far))
    allowed = sent(scene, read(scene, srv="4.1.1", execution=near))

    assert answer.code == scene.dcc.world.settings.codes.date
    assert allowed.code != scene.dcc.world.settings.codes.date


def test_first_failing_check_answers(scene: DccScene) -> None:
    request = read(scene, request_id=RequestId(UNKNOWN_USER, STRANGER, 1), variant=9)

    assert_refused(scene, sent(scene, request), "E1")


def test_decommissioned_device_is_e5(scene: DccScene) -> None:
    scene.dcc.request("supplier", "8.3", DeviceID=ESME)
    assert scene.status(ESME) is SmiStatus.DECOMMISSIONED

    assert_refused(scene, sent(scene, read(scene)), "E5")


@pytest.mark.parametrize("service", service_requests(), ids=lambda each: each.srv)
def test_every_service_request_goes_through_the_checks(service: ServiceRequestType) -> None:
    everything = User(UNKNOWN_USER, "everything", frozenset(UserRole))
    case = Case(
        request=ServiceRequest(
            request_id=RequestId(UNKNOWN_USER, ESME, 1),
            srv=service.srv,
            variant=service.command_variants[0],
        ),
        moment=datetime(2026, 1, 1, tzinfo=UTC),
        service=service,
        user=everything,
        device=None,
        used=False,
        registrations=FakeRegistrations(),
        settings=DccSettings(),
    )

    found = refusal(case)
    without_role = refusal(replace(case, user=replace(everything, roles=frozenset())))

    if not service.user_roles:
        assert found is not None
        assert found.code == "E2"
    elif found is not None:
        assert found.code == "E19"
    assert without_role is not None
    assert without_role.code == "E1"


def test_reader_of_meter_data_may_send_what_is_set() -> None:
    reader = User(Eui64(9), "reader", frozenset((UserRole.METER_DATA_RETRIEVAL,)))
    scene = dcc_scene()
    scene.commissioned(HUB, ESME)
    scene.dcc.world.users.add(reader)

    allowed = sent(
        scene,
        read(
            scene,
            request_id=RequestId(reader.eui64, ESME, 1),
            srv="4.17",
            parameters={
                "StartDateTime": "2026-01-01T00:00:00Z",
                "EndDateTime": "2026-01-02T00:00:00Z",
            },
        ),
    )
    refused = sent(scene, read(scene, request_id=RequestId(reader.eui64, ESME, 2)))

    assert (allowed.code, refused.code) == ("I99", "E2")


def case_of(scene: DccScene, srv: str, **changes: Any) -> Case:
    """A good request of the supplier, with everything that is known about it."""
    good = Case(
        request=read(scene, srv=srv),
        moment=scene.moment,
        service=next(each for each in service_requests() if each.srv == srv),
        user=scene.dcc.user("supplier"),
        device=scene.inventory.device(ESME),
        used=False,
        registrations=scene.registrations,
        settings=DccSettings(),
    )
    return replace(good, **changes)


def code_of(found: Refusal | None) -> str | None:
    return None if found is None else found.code


def test_request_that_waited_is_authorised_again(scene: DccScene) -> None:
    other = FakeRegistrations(
        {UserRole.IMPORT_SUPPLIER: UNKNOWN_USER, UserRole.GAS_SUPPLIER: UNKNOWN_USER}
    )

    assert refusal_when_due(case_of(scene, "6.2.7", used=True)) is None
    assert code_of(refusal_when_due(case_of(scene, "6.2.7", registrations=other))) == "E4"


@pytest.mark.parametrize(
    ("ahead", "passes"), [(0, False), (1, True), (1_000, True), (1_001, False)]
)
def test_date_lies_after_now_and_not_beyond_the_horizon(
    scene: DccScene, ahead: int, passes: bool
) -> None:
    settings = DccSettings(horizon=Duration(1_000))
    asked = read(scene, srv="4.1.1", execution=scene.moment + timedelta(microseconds=ahead))

    found = refusal(case_of(scene, "4.1.1", request=asked, settings=settings))

    assert code_of(found) == (None if passes else settings.codes.date)


def test_one_of_several_roles_is_enough_at_the_date_of_the_request(scene: DccScene) -> None:
    asked_at: list[datetime] = []

    class Handover(FakeRegistrations):
        def entitled(
            self, user: Eui64, role: UserRole, device: Eui64, moment: datetime
        ) -> bool | None:
            del user, device
            asked_at.append(moment)
            return moment > scene.moment and role is UserRole.GAS_SUPPLIER

    later = scene.moment + timedelta(days=1)
    dated = read(scene, srv="4.1.1", execution=later)
    both = replace(
        scene.dcc.user("supplier"),
        roles=frozenset((UserRole.IMPORT_SUPPLIER, UserRole.GAS_SUPPLIER)),
    )
    known = {"user": both, "registrations": Handover()}

    assert refusal(case_of(scene, "4.1.1", request=dated, **known)) is None
    assert code_of(refusal(case_of(scene, "4.1.1", **known))) == "E4"
    assert set(asked_at) == {later, scene.moment}


def test_refusals_tell_what_was_expected_and_what_was_there(scene: DccScene) -> None:
    reader = replace(scene.dcc.user("supplier"), roles=frozenset((UserRole.OTHER_USER,)))
    display = scene.inventory.device(IHD)
    strange = read(scene, parameters={"DeviceID": "none"})
    told = {
        "7.1 is for IS, the user has OU": case_of(scene, "7.1", user=reader),
        "7.16 is for a role that no source names": case_of(scene, "7.16"),
        "no device 00-DB-12-34-56-78-90-A0 is": case_of(scene, "6.2.7", device=None),
        "no device 'none' is": case_of(scene, "6.2.7", device=None, request=strange),
        "is not for a IHD": case_of(scene, "6.2.7", device=display),
    }

    for words, case in told.items():
        found = refusal(case)
        assert found is not None
        assert words in found.reason
        assert (found.clause == "DUIS response code E11") is (case.device is display)


def test_only_requests_for_devices_have_use_cases() -> None:
    assert all(bool(each.use_cases) is not each.non_device for each in service_requests())


@pytest.mark.parametrize("srv", ["6.2.7", "8.9"])
def test_other_requests_than_commission_device_need_nobody_registered(
    scene: DccScene, srv: str
) -> None:
    others = FakeRegistrations(dict.fromkeys(UserRole, UNKNOWN_USER))

    foreign = refusal(case_of(scene, srv, registrations=others))
    unknown = refusal(case_of(scene, srv, registrations=FakeRegistrations()))

    assert foreign is not None
    assert (foreign.code, foreign.clause) == ("E4", "DUIS response code E4")
    assert unknown is None
