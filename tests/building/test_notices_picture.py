from datetime import timedelta

from emulator.alt_han.coordination.actions import Channel, Occasion
from emulator.alt_han.coordination.notices import Notice
from emulator.building.notices_picture import notices_picture
from emulator.building.room_case import MONDAY


def test_a_notice_has_a_row_with_its_state_and_a_mark_where_it_is_due() -> None:
    day = timedelta(days=1)
    owed = Notice(
        number=1,
        party="network",
        mpan="1",
        occasion=Occasion.CATEGORY_B,
        clause="DCP 400 6.17",
        since=MONDAY,
        due=MONDAY + 5 * day,
    )
    sent = Notice(
        number=2,
        party="supplier",
        mpan="1",
        occasion=Occasion.DANGER,
        clause="DCP 400 6.15",
        since=MONDAY,
        sent=MONDAY + day,
        channel=Channel.TELEPHONE,
    )

    drawn = notices_picture((owed, sent), MONDAY + 9 * day)

    assert "network, DCP 400 6.17: overdue" in drawn
    assert "supplier, DCP 400 6.15: in time by telephone" in drawn
    assert drawn.count("<title>due") == 1


def test_where_nothing_was_owed_that_is_said() -> None:
    assert "No notice was owed" in notices_picture((), MONDAY)
