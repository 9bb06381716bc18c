from datetime import UTC, datetime, timedelta

from lxml import etree

from emulator.lab.displays.meter_week import Event, Half, MeterWeek
from emulator.lab.displays.week_picture import week_picture
from emulator.metering.quantities import Channel

START = datetime(2026, 1, 5, tzinfo=UTC)
DAY = tuple(Half(START + timedelta(minutes=30 * number), 100 + number) for number in range(48))


def week(**changed: object) -> MeterWeek:
    told: dict[str, object] = {
        "name": "GSME",
        "fuel": "gas",
        "profiles": {Channel.GAS: DAY},
        "register": DAY,
        "balance": ((START, 100_000), (START + timedelta(hours=5), -50_000)),
        "events": (Event(START + timedelta(hours=5), "alert 8F1D <credit>"),),
    }
    return MeterWeek(**(told | changed))  # type: ignore[arg-type] # of a record's own fields


def test_picture_is_well_formed_and_names_what_happened() -> None:
    drawn = week_picture(week())

    etree.fromstring(drawn.encode())
    assert "alert 8F1D &lt;credit&gt;" in drawn
    assert "m³/h" in drawn


def test_week_of_which_nothing_is_known_is_drawn_and_says_so() -> None:
    drawn = week_picture(week(profiles={}, register=(), balance=(), events=()))

    assert "no display has read a balance" in drawn
    assert "nothing happened" in drawn
