"""A display and what it asks, one request after another (ZSE 1.4 6.4)."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from emulator.kernel.identity import Eui64
from emulator.kernel.units import START, Instant, minutes, seconds
from emulator.smart_energy.home.home_display import HomeDisplay
from emulator.smart_energy.home.home_questions import ASKED, FOUND_BY
from emulator.smart_energy.home.home_seen import READ, HomeSeen
from emulator.smart_energy.primitives import Commissioned, LookAtHome, PartnerLinked, UnlinkPartner
from emulator.smart_energy.settings import DisplaySettings
from emulator.testing.stack.tunnel_bench import came
from emulator.zcl.payloads.calendar import PublishCalendar, PublishDayProfile, ScheduleEntry
from emulator.zcl.payloads.messaging import DisplayMessage
from emulator.zcl.payloads.price import (
    BY_TIER,
    EVERY_TIER,
    OF_EVERY_TIER,
    BlockThresholdGroup,
    PublishBlockThresholds,
    PublishPrice,
    PublishPriceMatrix,
    PublishTariffInformation,
    TierBlockPrice,
)
from emulator.zcl.primitives import (
    AttributeResult,
    Outcome,
    ReadAttributesConfirm,
    ReadAttributesRequest,
    Side,
    ZclAddress,
    ZclAnswer,
    ZclCommandConfirm,
    ZclCommandIndication,
    ZclCommandRequest,
    ZclStatus,
)
from emulator.zigbee.address_map import AddressMap
from emulator.zigbee.addresses import COORDINATOR, Endpoint, NwkAddress
from emulator.zigbee.aps.primitives import ApsSecurity, ApsStatus
from emulator.zigbee.zdo.discovery_frames import MatchDescReq, MatchDescRsp
from emulator.zigbee.zdo.frames import ZdpStatus
from emulator.zigbee.zdo.primitives import ZdpConfirm, ZdpRequest

Answer = tuple[
    int,
    PublishTariffInformation
    | PublishPrice
    | PublishPriceMatrix
    | PublishBlockThresholds
    | PublishCalendar
    | PublishDayProfile
    | DisplayMessage,
]
HUB, METER = Eui64(1), Eui64(2)
AT_METER = NwkAddress(0x1234)
MAIN, FAR, FARTHER = Endpoint(1), Endpoint(5), Endpoint(7)
MESSAGE = DisplayMessage(1, 0, 0, 1, b"Hi")
TARIFF = PublishTariffInformation(0, 0, 9, 0, 0, b"", 2, 1, 0, 826, 0x50, 5, 0xFF, 1, 1000)
# two rates: all day, but from 07:00 to 20:00
NOW = PublishPrice(0, b"Two", 0, 0, 0, 826, 0x51, 0x20, 0, 0xFFFF, 100)
PRICES = tuple(
    PublishPriceMatrix(
        0, 0, 0, 9, place, 2, BY_TIER, (TierBlockPrice(place + 1, 100 + 100 * place),)
    )
    for place in (0, 1)
)
CALENDAR = PublishCalendar(0, 0, 5, 0, 0, 0, b"", 0, 0, 1)
DAYS = tuple(
    PublishDayProfile(0, 0, 5, 3, 3, place, 2, 0, entries)
    for place, entries in enumerate(
        ((ScheduleEntry(0, 1), ScheduleEntry(420, 2)), (ScheduleEntry(1200, 1),))
    )
)
SETTINGS = DisplaySettings()


def heard(source: NwkAddress, cluster: int, command: int, payload: bytes) -> ZclCommandIndication:
    """A command of a supply that answers nothing by itself."""
    return replace(
        came(METER, cluster, command, payload, Side.CLIENT), source=ZclAddress(source, FAR)
    )


class Home:
    """A display, and a meter that answers it."""

    def __init__(self, *served: int) -> None:
        addresses = AddressMap()
        addresses.learn(METER, AT_METER)
        self.display = HomeDisplay(MAIN, SETTINGS, addresses, count(1))
        self.served = served or (0x0700, 0x0702, 0x0703, 0x0705)
        self.second: tuple[int, ...] = ()
        """Clusters that a second endpoint serves, too."""
        self.asked: list[Any] = []
        self.seen: list[HomeSeen] = []
        self.outcome = Outcome.ANSWERED
        self.told: dict[tuple[int, int], Answer] = {}
        self.rest: dict[tuple[int, int], list[PublishPriceMatrix | PublishDayProfile]] = {}
        """Commands that come after the first of an answer."""
        self.values: dict[int, int] = {}
        """Of attributes that do not hold their own number."""

    def event(self, event: Any) -> None:
        """Hand it over, and answer everything that follows."""
        self.take(self.display.handle(event, START))

    def take(self, told: Sequence[Any]) -> None:
        """Answer what it asks, and everything that follows."""
        effects = list(told)
        while effects:
            effect = effects.pop(0)
            if isinstance(effect, HomeSeen):
                self.seen.append(effect)
                continue
            self.asked.append(effect)
            effects += self.display.handle(self.answer(effect), START)
            for each in self.continued(effect):
                effects += self.display.handle(each, START)

    def continued(self, request: Any) -> list[ZclCommandIndication]:
        if not isinstance(request, ZclCommandRequest):
            return []
        of = request.cluster, request.command
        return [
            heard(request.destination.nwk_address, of[0], self.told[of][0], each.encode())
            for each in self.rest.get(of, ())
        ]

    def answer(self, request: Any) -> Any:
        if isinstance(request, ZdpRequest):
            assert isinstance(request.command, MatchDescReq)
            (cluster,) = request.command.input_clusters
            served = ((FAR, self.served), (FARTHER, self.second))
            endpoints = tuple(each for each, clusters in served if cluster in clusters)
            response = MatchDescRsp(ZdpStatus.SUCCESS, request.destination, endpoints)
            return ZdpConfirm(request.handle, ZdpStatus.SUCCESS, response)
        if isinstance(request, ReadAttributesRequest):
            results = tuple(
                AttributeResult(each, ZclStatus.SUCCESS, self.values.get(each, each))
                for each in request.attributes
            )
            return ReadAttributesConfirm(request.handle, self.outcome, results)
        told = self.told.get((request.cluster, request.command), (0x00, MESSAGE))
        answer = ZclAnswer(told[0], False, told[1].encode(), ApsSecurity.LINK_KEY)
        return ZclCommandConfirm(request.handle, self.outcome, ApsStatus.SUCCESS, answer)


def test_display_looks_soon_after_a_key_and_then_now_and_then() -> None:
    home = Home()

    home.event(PartnerLinked(METER))
    assert home.display.deadline == Instant(seconds(20))
    home.display.wake(Instant(seconds(20)))

    assert home.display.deadline == Instant(seconds(20) + minutes(30))


def test_look_finds_reads_and_asks_in_that_order() -> None:
    home = Home()
    home.event(PartnerLinked(METER))

    home.event(LookAtHome())

    kinds = [type(each) for each in home.asked]
    reads = sum(len(many) for many in READ.values())
    assert kinds == [
        *[ZdpRequest] * len(FOUND_BY),
        *[ReadAttributesRequest] * reads,
        *[ZclCommandRequest] * (len(ASKED) - 1),
    ]
    assert home.seen[0].message == "Hi"
    assert home.seen[0].register == 0


def test_answer_that_leads_to_questions_is_followed_up_at_once() -> None:
    home = Home()
    home.told[0x0700, 0x06] = 0x04, TARIFF
    home.event(PartnerLinked(METER))

    home.event(LookAtHome())

    asked = [each for each in home.asked if isinstance(each, ZclCommandRequest)]
    # tariff, prices, thresholds, message
    assert [each.command for each in asked[1:]] == [0x06, 0x07, 0x08, 0x00]
    assert home.seen[0].standing_charge == 5


@pytest.mark.parametrize(("unit", "more"), [(0x00, []), (0x01, [0x04, 0x05])])
def test_energy_is_asked_for_where_blocks_are_of_gas(unit: int, more: list[int]) -> None:
    home = Home()
    home.values[0x0300] = unit
    home.told[0x0700, 0x06] = 0x04, TARIFF
    group = BlockThresholdGroup(1, EVERY_TIER, (5,))
    limits = PublishBlockThresholds(0, 0, 0, 9, 0, 1, OF_EVERY_TIER, (group,))
    home.told[0x0700, 0x08] = 0x06, limits
    home.event(PartnerLinked(METER))

    home.event(LookAtHome())

    asked = [each.command for each in home.asked if isinstance(each, ZclCommandRequest)]
    assert asked[4:-1] == more


def test_second_endpoint_of_a_cluster_is_another_element() -> None:
    home = Home()
    home.second = (0x0700, 0x0702)
    home.event(PartnerLinked(METER))

    home.event(LookAtHome())

    assert [(each.supply, each.element) for each in home.seen] == [(METER, 1), (METER, 2)]
    read = [each for each in home.asked if isinstance(each, ReadAttributesRequest)]
    assert [each.cluster for each in read if each.destination.endpoint == FARTHER] == [
        0x0700,
        *[0x0702] * len(READ[0x0702]),
    ]


def test_what_was_found_is_not_asked_for_again() -> None:
    home = Home()
    home.event(PartnerLinked(METER))
    home.event(LookAtHome())
    home.asked.clear()

    home.event(LookAtHome())

    found = [each for each in home.asked if isinstance(each, ZdpRequest)]
    assert len(found) == 1, "only the calendar, which the meter does not serve"
    assert len(home.seen) == 2


def test_hub_is_looked_at_where_the_coordinator_is() -> None:
    home = Home()
    home.event(Commissioned(HUB))

    home.event(LookAtHome())

    assert home.seen[0].supply == HUB
    assert home.asked[0].destination == COORDINATOR


def test_supply_that_serves_nothing_is_not_shown() -> None:
    home = Home(0x0000)
    home.event(PartnerLinked(METER))

    home.event(LookAtHome())

    assert not home.seen


def test_supply_out_of_reach_is_given_up_at_once() -> None:
    home = Home()
    home.outcome = Outcome.NOT_DELIVERED
    home.event(PartnerLinked(METER))

    home.event(LookAtHome())

    assert not home.seen
    assert sum(isinstance(each, ReadAttributesRequest) for each in home.asked) == 1


def test_partner_that_is_no_partner_any_more_is_left_alone() -> None:
    home = Home()
    home.event(PartnerLinked(METER))
    home.event(UnlinkPartner(METER))

    home.event(LookAtHome())

    assert not home.asked


def test_answer_to_somebody_elses_request_changes_nothing() -> None:
    home = Home()
    home.event(PartnerLinked(METER))

    assert not home.display.handle(ReadAttributesConfirm(99, Outcome.ANSWERED), START)


def test_display_looks_again_once_it_has_power_again() -> None:
    before, after = Home(), Home()
    before.event(Commissioned(HUB))
    before.event(PartnerLinked(METER))

    after.display.restore(before.display.snapshot())
    assert after.display.deadline == START
    after.event(LookAtHome())

    assert [each.supply for each in after.seen] == [HUB, METER]


@pytest.mark.parametrize("payload", [b"", b"\x01"])
def test_answer_that_cannot_be_read_is_not_shown(
    payload: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DisplayMessage, "encode", lambda _: payload)
    home = Home()
    home.event(PartnerLinked(METER))

    home.event(LookAtHome())

    assert home.seen[0].message == ""


def told_in_commands(*commands: int) -> Home:
    """A meter that tells of two rates, in those commands of two."""
    home = Home(0x0700, 0x0702, 0x0703, 0x0705, 0x0707)
    home.told = {
        (0x0700, 0x00): (0x00, NOW),
        (0x0700, 0x06): (0x04, replace(TARIFF, number_of_block_thresholds_in_use=0)),
        (0x0700, 0x07): (0x05, PRICES[0]),
        (0x0707, 0x00): (0x00, CALENDAR),
        (0x0707, 0x01): (0x01, DAYS[0]),
    }
    home.rest = {
        (0x0700, 0x07): [PRICES[each] for each in commands],
        (0x0707, 0x01): [DAYS[each] for each in commands],
    }
    home.event(PartnerLinked(METER))
    home.event(LookAtHome())
    return home


def test_answers_in_several_commands_are_shown_once_all_have_come() -> None:
    home = told_in_commands(1)

    (seen,) = home.seen
    assert [(each.tier, each.price) for each in seen.rates] == [(1, 100), (2, 200), (1, 100)]


def test_look_goes_on_without_an_answer_that_does_not_come_whole() -> None:
    home = told_in_commands()
    assert not home.seen

    for _ in ("prices", "day"):
        assert home.display.deadline == Instant(SETTINGS.rest_of_answer)
        home.take(home.display.wake(Instant(SETTINGS.rest_of_answer)))

    (seen,) = home.seen
    assert (seen.tariff, seen.rates) == ("Two", ())
    assert home.display.deadline == Instant(SETTINGS.first)


@pytest.mark.parametrize(
    ("source", "command", "payload"),
    [
        (COORDINATOR, 0x05, None),
        (AT_METER, 0x06, None),
        (AT_METER, 0x05, b""),
    ],
)
def test_command_that_belongs_to_no_awaited_answer_changes_nothing(
    source: NwkAddress, command: int, payload: bytes | None
) -> None:
    home = told_in_commands()
    octets = PRICES[1].encode() if payload is None else payload

    before = len(home.asked)

    home.event(heard(source, 0x0700, command, octets))

    assert len(home.asked) == before


def test_command_that_nobody_waits_for_changes_nothing() -> None:
    home = told_in_commands(1)

    assert not home.display.handle(heard(AT_METER, 0x0700, 0x05, PRICES[1].encode()), START)
