"""Answers in several commands (ZSE 1.4 D.4.2.4, Annex D)."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from emulator.smart_energy.home.cut_answer import (
    DISPLAY_COMMANDS,
    CutAnswer,
    CutCommand,
    one_of_several,
)
from emulator.testing.stack.zcl_nodes import AT_METER, ENDPOINT, HUB, METER, ZclNode, arrival, of
from emulator.wire.struct import Struct
from emulator.zcl.clusters.price import PRICE
from emulator.zcl.data_types import Date
from emulator.zcl.device_ids import DeviceId
from emulator.zcl.endpoint import EndpointDefinition, ServedCommand, serve
from emulator.zcl.payloads.calendar import (
    PublishDayProfile,
    PublishSeasons,
    PublishSpecialDays,
    PublishWeekProfile,
    ScheduleEntry,
    Season,
    SpecialDay,
)
from emulator.zcl.payloads.price import (
    BlockThresholdGroup,
    GetPriceMatrix,
    PublishBlockThresholds,
    PublishPriceMatrix,
    TierBlockPrice,
)
from emulator.zcl.primitives import (
    Side,
    ZclCommandConfirm,
    ZclCommandIndication,
    ZclCommandRequest,
)
from emulator.zigbee.aps.primitives import ApsdeDataRequest

PRICES = tuple(TierBlockPrice(each, 100 * each) for each in (1, 2, 3))
MATRICES = tuple(
    PublishPriceMatrix(0, 0, 0, 9, place, 3, 1, (price,)) for place, price in enumerate(PRICES)
)
WHOLE = PublishPriceMatrix(0, 0, 0, 9, 0, 1, 1, PRICES)


def put_together(*parts: CutCommand) -> CutCommand | None:
    answer = CutAnswer(parts[0])
    for each in parts[1:]:
        answer.take(each)
    return answer.whole


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 1, 0, 2)])
def test_commands_are_put_together_in_whatever_order_they_come(order: Sequence[int]) -> None:
    assert put_together(*(MATRICES[each] for each in order)) == WHOLE


@pytest.mark.parametrize(
    "stray",
    [
        replace(MATRICES[2], issuer_tariff_id=8),
        replace(MATRICES[2], command_index=7),
        PublishSeasons(0, 0, 9, 2, 3, ()),
    ],
)
def test_command_of_another_answer_is_none_of_it(stray: CutCommand) -> None:
    assert put_together(MATRICES[0], MATRICES[1], stray) is None
    assert put_together(MATRICES[0], MATRICES[1], stray, MATRICES[2]) == WHOLE


@pytest.mark.parametrize(
    ("parts", "listed"),
    [
        (
            [
                PublishBlockThresholds(0, 0, 0, 9, place, 2, 0, (group,))
                for place, group in enumerate(
                    (BlockThresholdGroup(1, 1, (10,)), BlockThresholdGroup(1, 2, (20,)))
                )
            ],
            "groups",
        ),
        (
            [
                PublishDayProfile(0, 0, 5, 3, 2, place, 2, 0, (ScheduleEntry(420 * place, 1),))
                for place in (0, 1)
            ],
            "entries",
        ),
        (
            [
                PublishSeasons(0, 0, 5, place, 2, (Season(Date(0xFF, place + 1, 1, 0xFF), 1),))
                for place in (0, 1)
            ],
            "seasons",
        ),
        (
            [
                PublishSpecialDays(
                    0, 0, 5, 0, 0, 2, place, 2, (SpecialDay(Date(0xFF, 12, place + 1, 0xFF), 1),)
                )
                for place in (0, 1)
            ],
            "special_days",
        ),
    ],
)
def test_whatever_may_be_cut_is_put_together(parts: Sequence[CutCommand], listed: str) -> None:
    whole = put_together(*parts)

    assert getattr(whole, listed) == tuple(getattr(each, listed)[0] for each in parts)
    assert one_of_several(whole) is None
    assert [one_of_several(each) for each in parts] == parts


def test_other_answers_are_in_one_command() -> None:
    assert one_of_several(PublishWeekProfile(0, 0, 5, 1, 1, 1, 1, 1, 1, 1, 1)) is None
    assert one_of_several(None) is None


def test_first_command_ends_the_exchange_and_the_others_come_unasked() -> None:
    display = ZclNode(METER, _at(DISPLAY_COMMANDS, Side.CLIENT))
    supply = ZclNode(HUB, _at(serve(PRICE, Side.SERVER), Side.SERVER))
    asked = ZclCommandRequest(
        7,
        replace(AT_METER, nwk_address=HUB),
        ENDPOINT,
        PRICE.id,
        0x07,
        GetPriceMatrix(9).encode(),
        expects_answer=True,
    )

    (question,) = of(display.does(asked), ApsdeDataRequest)
    (came,) = of(supply.does(arrival(question, METER)), ZclCommandIndication)
    heard = [
        display.does(arrival(told, HUB))
        for place, part in enumerate(MATRICES)
        for told in of(supply.does(_telling(came, place, part)), ApsdeDataRequest)
    ]

    assert [type(each) for (each,) in heard] == [
        ZclCommandConfirm,
        ZclCommandIndication,
        ZclCommandIndication,
    ]


def _at(commands: tuple[ServedCommand, ...], side: Side) -> EndpointDefinition:
    servers, clients = ((PRICE.id,), ()) if side is Side.SERVER else ((), (PRICE.id,))
    kind = DeviceId.IN_HOME_DISPLAY
    return EndpointDefinition(ENDPOINT, kind, servers, clients, commands=commands)


def _telling(asked: ZclCommandIndication, handle: int, part: Struct) -> ZclCommandRequest:
    return ZclCommandRequest(
        handle,
        asked.source,
        asked.endpoint,
        asked.cluster,
        0x05,
        part.encode(),
        to_side=Side.CLIENT,
        sequence=asked.sequence,
        disable_default_response=True,
    )
