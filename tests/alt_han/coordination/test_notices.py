from datetime import timedelta

import pytest

from emulator.alt_han.coordination.actions import Channel, Notify, Occasion
from emulator.alt_han.coordination.notices import Notice, NoticeBook, Punctuality
from emulator.alt_han.coordination.settings import CoordinationSettings
from emulator.alt_han.refusal import Refusal
from emulator.testing.scenes.meter_room_scene import CALENDAR, FIRST, MONDAY, NETWORK, day


@pytest.fixture
def book() -> NoticeBook:
    return NoticeBook(CALENDAR, CoordinationSettings())


def told(found: Notice | Refusal) -> Notice:
    assert isinstance(found, Notice)
    return found


def test_a_category_b_situation_is_told_within_five_working_days(book: NoticeBook) -> None:
    friday = day(4)

    notice = book.owe_distributor(NETWORK, FIRST, Occasion.CATEGORY_B, friday)

    assert notice.due is not None
    assert notice.due.date().isoformat() == "2026-01-17"  # the end of Friday the 16th
    assert notice.punctuality(day(11)) is Punctuality.OPEN
    assert notice.punctuality(day(12)) is Punctuality.OVERDUE
    in_time = told(book.send(Notify(number=1, channel=Channel.MM00023), day(11)))
    assert in_time.punctuality(day(30)) is Punctuality.IN_TIME


def test_a_notice_after_its_time_is_late(book: NoticeBook) -> None:
    book.owe_distributor(NETWORK, FIRST, Occasion.CATEGORY_B, MONDAY)

    late = told(book.send(Notify(number=1, channel=Channel.MM00023), day(8)))

    assert late.punctuality(day(8)) is Punctuality.LATE


def test_another_way_is_right_once_it_is_agreed(book: NoticeBook) -> None:
    book.owe_distributor(NETWORK, FIRST, Occasion.CATEGORY_B, MONDAY)
    other = Notify(number=1, channel=Channel.OTHER)

    refusal = book.send(other, MONDAY)
    assert isinstance(refusal, Refusal)
    assert refusal.clause == "DCP 400 6.17"

    book.agree(NETWORK)
    assert told(book.send(other, MONDAY)).channel is Channel.OTHER


def test_a_category_a_situation_is_told_by_telephone_promptly(book: NoticeBook) -> None:
    book.owe_distributor(NETWORK, FIRST, Occasion.CATEGORY_A, MONDAY)
    book.agree(NETWORK)

    written = book.send(Notify(number=1, channel=Channel.OTHER), MONDAY)
    assert isinstance(written, Refusal)
    assert written.clause == "DCP 400 6.16"

    called = told(book.send(Notify(number=1, channel=Channel.TELEPHONE), MONDAY))
    assert called.due == MONDAY + timedelta(hours=1)


def test_a_supplier_is_told_without_a_time_limit_and_in_any_way(book: NoticeBook) -> None:
    notice = book.owe_supplier("supplier A", FIRST, Occasion.DANGER, MONDAY)

    assert notice.punctuality(day(100)) is Punctuality.OPEN
    assert told(book.send(Notify(number=1, channel=Channel.OTHER), day(100))).sent == day(100)


def test_a_notice_is_sent_once_and_only_if_it_is_owed(book: NoticeBook) -> None:
    book.owe_supplier("supplier A", FIRST, Occasion.DANGER, MONDAY)
    notify = Notify(number=1, channel=Channel.OTHER)
    book.send(notify, MONDAY)

    assert isinstance(book.send(notify, MONDAY), Refusal)
    assert isinstance(book.send(Notify(number=2, channel=Channel.OTHER), MONDAY), Refusal)
    assert isinstance(book.send(Notify(number=0, channel=Channel.OTHER), MONDAY), Refusal)


def test_what_is_owed_is_told_by_party(book: NoticeBook) -> None:
    book.owe_supplier("supplier A", FIRST, Occasion.DANGER, MONDAY)
    book.owe_distributor(NETWORK, FIRST, Occasion.CATEGORY_B, MONDAY)

    assert [each.number for each in book.owed()] == [1, 2]
    assert [each.number for each in book.owed(NETWORK)] == [2]
    assert len(list(book)) == 2
