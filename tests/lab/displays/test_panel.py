"""What a person who stands before a display reads."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from emulator.kernel.identity import Eui64
from emulator.kernel.units import ZIGBEE_EPOCH, Calendar, Instant, hours
from emulator.lab.displays.panel import WIDTH, energy, money, panel, pence
from emulator.lab.home.sightings import Sight
from emulator.smart_energy.home.home_seen import HomeSeen, RateSeen
from emulator.smart_energy.home.home_tariff import BlockSeen

SEEN = HomeSeen(
    supply=Eui64(1),
    fuel="electricity",
    register=1_234_567,
    power=-1_500,
    today=1_990,
    this_week=5_000,
    cost_today=48_500,
    price=24_505,
    tier=2,
    tariff="Economy",
    standing_charge=46_500,
    prepayment=True,
    balance=-123_999,
    emergency_credit=500_000,
    debt=1_000,
    supply_state=1,
    message="Your supply was interrupted. Please top up and enable it at the meter.",
)


def lines(seen: HomeSeen, kind: str = "IHD") -> list[str]:
    sight = Sight(Instant(hours(12)), "display", seen)
    return panel(kind, kind, (sight,), Calendar())


def test_everything_known_is_shown() -> None:
    shown = "\n".join(lines(SEEN))

    for words in (
        "Mon 05 Jan 2026 12:00",
        "supply ARMED",
        "Now, exporting                          1500 W",
        "1.99 kWh  £0.48",
        "1234.56 kWh",
        "-£1.23",
        "Price (rate 2)                      24.50p/kWh",
        "46.50p/day",
        "> Your supply was interrupted. Please top up",
        "> and enable it at the meter.",
    ):
        assert words in shown


@pytest.mark.parametrize(("band", "words"), [(0, "low"), (1, "medium"), (2, "HIGH"), (None, "")])
def test_power_is_called_low_medium_or_high(band: int | None, words: str) -> None:
    seen = HomeSeen(supply=Eui64(1), fuel="electricity", power=1_500, power_band=band)

    (now,) = (line for line in lines(seen) if "Now" in line)

    assert now.split()[2:-1] == [*words.split(), "1500", "W"]


def test_every_line_is_as_wide_as_the_display() -> None:
    assert {len(line) for line in lines(SEEN)} == {WIDTH + 4}


def test_ppmid_shows_balances_before_consumption() -> None:
    def place(kind: str, word: str) -> int:
        return next(at for at, line in enumerate(lines(SEEN, kind)) if word in line)

    assert place("PPMID", "Balance") < place("PPMID", "Today")
    assert place("IHD", "Balance") > place("IHD", "Today")


def test_what_is_not_known_is_not_shown() -> None:
    shown = "\n".join(lines(HomeSeen(supply=Eui64(1), fuel="gas", register=12_345)))

    assert "GAS" in shown
    assert "12.34 m3" in shown
    assert "Balance" not in shown
    assert "p/kWh" not in shown


def test_display_without_data_says_so() -> None:
    assert "No data yet" in "\n".join(panel("IHD", "IHD", (), Calendar()))


def test_message_cannot_move_the_cursor() -> None:
    shown = "\n".join(lines(replace(SEEN, message="\x1b[2Jgone")))

    assert "\x1b" not in shown


def test_meter_in_credit_mode_that_tells_its_bill_shows_that() -> None:
    shown = "\n".join(lines(replace(SEEN, prepayment=False, bill=277_527)))

    assert "Bill to date                             £2.77" in shown
    assert "Balance" not in shown
    assert "Bill" not in "\n".join(lines(replace(SEEN, bill=277_527))), "in prepayment"


def test_meter_in_credit_mode_with_nothing_due_shows_what_is_left() -> None:
    left = replace(SEEN, prepayment=False, bill=0, balance=500_000)

    assert "Balance (credit)                         £5.00" in "\n".join(lines(left))
    nothing = "\n".join(lines(replace(left, balance=0)))
    assert "Bill to date                             £0.00" in nothing
    assert "Bill to date" in "\n".join(lines(replace(left, fuel="gas")))


def test_no_cost_is_shown_where_no_price_is_known() -> None:
    shown = "\n".join(lines(replace(SEEN, price=None, cost_today=0)))

    assert "Today                                 1.99 kWh" in shown


def test_yesterday_is_shown_once_there_was_one() -> None:
    assert "Yesterday" not in "\n".join(lines(replace(SEEN, yesterday=0, cost_yesterday=0)))
    shown = "\n".join(lines(replace(SEEN, yesterday=2_000, cost_yesterday=None)))
    assert "Yesterday                             2.00 kWh" in shown


def test_use_of_a_block_of_gas_is_energy_as_its_thresholds_are() -> None:
    shown = lines(replace(SEEN, fuel="gas", block=1, block_use=1_250))

    assert "  used so far                         1.25 kWh" in "\n".join(shown)


def test_blocks_that_come_are_shown_below_the_price() -> None:
    blocks = (BlockSeen(2, 2_000, 20_000), BlockSeen(3, 5_000))
    shown = "\n".join(lines(replace(SEEN, block=1, block_use=1_250, blocks=blocks)))

    for words in (
        "Price (rate 2, block 1)             24.50p/kWh",
        "  used so far                         1.25 kWh",
        "  block 2, above 2.00 kWh           20.00p/kWh",
        "  block 3, above 5.00 kWh                     ",
    ):
        assert words in shown


def test_power_and_cost_of_several_elements_are_said_to_be_those_of_all() -> None:
    elements = (replace(SEEN, power=3_500), replace(SEEN, element=2, power=2_500, cost_today=None))
    sights = [Sight(Instant(hours(12)), "IHD", each) for each in elements]

    shown = "\n".join(panel("IHD", "IHD", sights, Calendar()))

    for words in (
        "Now, all elements                       3500 W",
        "Today                                 1.99 kWh",
        "Cost today, all elements                 £0.48",
        "Now                                     2500 W",
    ):
        assert words in shown


def test_cost_of_all_elements_is_shown_only_where_a_price_is_known() -> None:
    first = replace(SEEN, price=None, cost_today=0)
    sights = [Sight(Instant(0), "IHD", each) for each in (first, replace(first, element=2))]

    assert "Cost today" not in "\n".join(panel("IHD", "IHD", sights, Calendar()))


def test_element_is_named_but_the_first() -> None:
    assert "ELECTRICITY, element 2 " in "\n".join(lines(replace(SEEN, element=2)))
    assert "element" not in "\n".join(lines(SEEN))


def test_coming_rates_are_shown_in_local_time() -> None:
    # 2026-07-06 at 23:30 UTC is half past midnight of the day after in British summer time
    begins = int((datetime(2026, 7, 6, 23, 30, tzinfo=UTC) - ZIGBEE_EPOCH).total_seconds())
    rates = (RateSeen(0, 2, 24_500), RateSeen(begins, 1, 7_500), RateSeen(begins, 3))

    shown = "\n".join(lines(replace(SEEN, block=3, rates=rates)))

    assert "Price (rate 2, block 3)             24.50p/kWh" in shown
    assert "  from 00:30, rate 1                 7.50p/kWh" in shown
    assert "  from 00:30, rate 3   " in shown
    assert "from 00:00" not in shown, "the rate that holds stands above"


@pytest.mark.parametrize(
    ("amount", "told"), [(0, "£0.00"), (-1_999, "-£0.01"), (12_345_678, "£123.45")]
)
def test_money_is_cut_to_the_penny(amount: int, told: str) -> None:
    assert money(amount) == told


def test_prices_and_energy_have_two_decimals() -> None:
    assert pence(24_509) == "24.50p"
    assert energy(999, "gas") == "0.99 m3"
