from dataclasses import replace

import pytest

from emulator.dcc.commands.command_desk import CommandDesk
from emulator.dcc.facts import MessageRefused
from emulator.dcc.inventory.statuses import SmiStatus
from emulator.dcc.primitives import (
    AlertArrived,
    Dispatch,
    DropRequests,
    FromWan,
    HubHeard,
    LocalReply,
    SequenceEnd,
    ToWan,
    Unreachable,
)
from emulator.dcc.service_request import RequestId, ServiceRequest, ServiceResponse
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.other_information import OtherInformation
from emulator.kernel.identity import Eui64
from emulator.kernel.units import START, hours, later, seconds
from emulator.testing.scenes.dcc_scene import ESME, HUB, STRANGER, DccScene, dcc_scene

READ_MPXN = bytes.fromhex(
    "D9 20000001 00"  # access request, invoke id, no date-time
    "01 01 0001 01005E2C80FF 02"  # get class 1
    "01 00"  # no data
)


@pytest.fixture
def scene() -> DccScene:
    made = dcc_scene()
    made.commissioned(HUB, ESME)
    return made


@pytest.fixture
def desk(scene: DccScene) -> CommandDesk:
    return CommandDesk(scene.dcc.world)


def order(scene: DccScene, *, sleepy: bool = False, dated: bool = False) -> Dispatch:
    user = scene.dcc.user("supplier").eui64
    bare = Message(Cra.COMMAND, 5, user, ESME, b"", OtherInformation(0x4E), READ_MPXN)
    return Dispatch(
        request=ServiceRequest(request_id=RequestId(user, ESME, 5), srv="6.2.7", variant=1),
        message=scene.home.protection.protect(bare, signed=False, maced=True),
        use_case="ECS40",
        hub=HUB,
        device=ESME,
        sleepy=sleepy,
        dated=dated,
    )


def responses(effects: object) -> list[ServiceResponse]:
    assert isinstance(effects, list | tuple)
    return [each for each in effects if isinstance(each, ServiceResponse)]


def test_command_goes_to_the_hub(desk: CommandDesk, scene: DccScene) -> None:
    made = order(scene)

    effects = desk.handle(made, START)

    assert ToWan(HUB, made.message.encode()) in effects


def test_answer_ends_the_wait(desk: CommandDesk, scene: DccScene) -> None:
    made = order(scene)
    desk.handle(made, START)
    octets = scene.home.response(made.message).encode()

    effects = desk.handle(FromWan(HUB, octets), START)

    (response,) = responses(effects)
    assert (response.code, response.message, response.successful) == ("I0", octets, True)
    assert SequenceEnd(made.request.request_id, successful=True) in effects
    assert desk.deadline is None


def test_second_copy_of_an_answer_is_refused(desk: CommandDesk, scene: DccScene) -> None:
    made = order(scene)
    desk.handle(made, START)
    octets = scene.home.response(made.message).encode()
    desk.handle(FromWan(HUB, octets), START)

    (refused,) = desk.handle(FromWan(HUB, octets), START)

    assert isinstance(refused, MessageRefused)


@pytest.mark.parametrize(
    "changes",
    [
        {"counter": 6},
        {"originator": STRANGER},
        {"recipient": STRANGER},
        {"other_information": OtherInformation(0x4F)},
        {"mac": bytes(12)},
        {"payload": b"\xda"},
    ],
    ids=lambda each: next(iter(each)),
)
def test_answer_that_is_not_the_devices_changes_nothing(
    desk: CommandDesk, scene: DccScene, changes: dict[str, object]
) -> None:
    made = order(scene)
    desk.handle(made, START)
    changed = replace(scene.home.response(made.message), **changes)  # type: ignore[arg-type]  # by keyword

    effects = desk.handle(FromWan(HUB, changed.encode()), START)

    assert [type(each) for each in effects] == [MessageRefused]
    assert desk.deadline is not None


def test_command_is_sent_again_unchanged_and_then_given_up(
    desk: CommandDesk, scene: DccScene
) -> None:
    made = order(scene)
    desk.handle(made, START)

    again = [desk.wake(later(START, seconds(at))) for at in (10, 20)]
    end = desk.wake(later(START, seconds(30)))

    assert all(ToWan(HUB, made.message.encode()) in effects for effects in again)
    assert [each.code for each in responses(end)] == ["E21"]
    assert desk.deadline is None


@pytest.mark.parametrize(
    ("sleepy", "dated", "code"), [(True, False, "E21"), (False, True, "E30"), (True, True, "E30")]
)
def test_sleepy_device_and_dated_command_have_a_day(
    desk: CommandDesk, scene: DccScene, sleepy: bool, dated: bool, code: str
) -> None:
    desk.handle(order(scene, sleepy=sleepy, dated=dated), START)

    early = responses(desk.wake(later(START, hours(23))))
    late = responses(desk.wake(later(START, hours(24))))

    assert not early
    assert [each.code for each in late] == [code]


def test_hub_that_is_not_reached_makes_it_e20(desk: CommandDesk, scene: DccScene) -> None:
    made = order(scene)
    desk.handle(made, START)

    desk.handle(Unreachable(HUB, made.message.encode()), START)
    end = desk.wake(later(START, seconds(30)))

    assert [each.code for each in responses(end)] == ["E20"]


def test_hub_heard_for_the_first_time_is_commissioned(scene: DccScene) -> None:
    fresh = dcc_scene()
    fresh.listed(HUB)
    desk = CommandDesk(fresh.dcc.world)

    first = desk.handle(HubHeard(HUB), START)
    again = desk.handle(HubHeard(HUB), START)
    nobody = desk.handle(HubHeard(STRANGER), START)

    assert fresh.status(HUB) is SmiStatus.COMMISSIONED
    assert first
    assert not again
    assert not nobody
    del scene


def test_alert_is_passed_on(desk: CommandDesk, scene: DccScene) -> None:
    octets = scene.home.backup(1, []).encode()

    (arrived,) = desk.handle(FromWan(HUB, octets), START)

    assert isinstance(arrived, AlertArrived)
    assert arrived.octets == octets


def test_alert_that_a_user_brings_is_refused(desk: CommandDesk, scene: DccScene) -> None:
    octets = scene.home.backup(1, []).encode()

    (refused,) = desk.handle(LocalReply(octets), START)

    assert isinstance(refused, MessageRefused)


def test_end_of_a_device_ends_the_wait(desk: CommandDesk, scene: DccScene) -> None:
    desk.handle(order(scene), START)

    kept = desk.handle(DropRequests(ESME, Eui64(1), "of one user"), START)
    effects = desk.handle(DropRequests(ESME, None, "decommissioned"), START)

    assert not kept
    assert [each.code for each in responses(effects)] == ["E5"]
    assert desk.deadline is None


def long_order(scene: DccScene) -> Dispatch:
    made = order(scene)
    long = replace(made.message, payload=bytes(1_200))
    return replace(made, message=scene.home.protection.protect(long, signed=False, maced=True))


def test_command_that_goes_in_blocks_is_not_sent_again(desk: CommandDesk, scene: DccScene) -> None:
    desk.handle(long_order(scene), START)

    again = desk.wake(later(START, seconds(20)))
    end = desk.wake(later(START, seconds(30)))

    assert not again
    assert [each.code for each in responses(end)] == ["E21"]


def test_block_that_does_not_reach_the_hub_makes_it_e20(desk: CommandDesk, scene: DccScene) -> None:
    desk.handle(long_order(scene), START)

    desk.handle(Unreachable(HUB, b"a block"), START)
    end = desk.wake(later(START, seconds(30)))

    assert [each.code for each in responses(end)] == ["E20"]
