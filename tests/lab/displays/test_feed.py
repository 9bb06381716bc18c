import json

from emulator.kernel.identity import Eui64
from emulator.kernel.units import Calendar, Instant, hours
from emulator.lab.displays.feed import feed_row
from emulator.lab.home.sightings import Sight
from emulator.smart_energy.home.home_seen import HomeSeen, RateSeen
from emulator.smart_energy.home.home_tariff import BlockSeen


def test_line_of_a_feed_tells_when_who_and_what() -> None:
    seen = HomeSeen(supply=Eui64(0x00DB1234567890A0), fuel="gas", register=5)

    row = json.loads(json.dumps(feed_row(Sight(Instant(hours(1)), "CAD", seen), Calendar())))

    assert row["at"] == "2026-01-05T01:00:00Z"
    assert row["supply"] == "00-DB-12-34-56-78-90-A0"
    assert (row["display"], row["fuel"], row["register"], row["price"]) == ("CAD", "gas", 5, None)


def test_coming_rates_bear_their_time() -> None:
    seen = HomeSeen(supply=Eui64(1), fuel="electricity", rates=(RateSeen(3_600, 2, 7_500),))

    row = feed_row(Sight(Instant(0), "CAD", seen), Calendar())

    assert row["rates"] == [{"from": "2000-01-01T01:00:00Z", "tier": 2, "price": 7_500}]


def test_blocks_that_come_bear_their_price() -> None:
    seen = HomeSeen(supply=Eui64(1), fuel="electricity", blocks=(BlockSeen(2, 4_000, 26_000),))

    row = feed_row(Sight(Instant(0), "CAD", seen), Calendar())

    assert row["blocks"] == [{"number": 2, "begins": 4_000, "price": 26_000}]
