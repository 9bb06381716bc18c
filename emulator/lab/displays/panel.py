"""A display as text: what a person who stands before it reads.

A PPMID shows balances first, an in-home display consumption; a CAD has no face but gives lines.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from textwrap import wrap
from types import MappingProxyType
from typing import Final

from emulator.kernel.units import ZIGBEE_EPOCH, Calendar
from emulator.lab.home.sightings import Sight
from emulator.metering.british_time import to_local
from emulator.smart_energy.home.home_seen import HomeSeen

WIDTH: Final = 46
"""Characters between the edges."""
RATES_SHOWN: Final = 6
"""Changes of the rate that are shown at most, of the next 24 hours."""
ELECTRICITY: Final = "electricity"
"""Fuel whose energy is counted in kilowatt hours; blocks of gas are in kilowatt hours, too."""
SUPPLY_WORDS: Final[Mapping[int, str]] = MappingProxyType({0: "OFF", 1: "ARMED", 2: "ON"})
"""SupplyStatus (ZSE 1.4 Table D-25)."""
BAND_WORDS: Final[Mapping[int, str]] = MappingProxyType({0: "low", 1: "medium", 2: "HIGH"})
"""AmbientConsumptionIndicator (ZSE 1.4 D.3.2.2.3)."""
_POUND: Final = 100_000
_PENNY: Final = 1_000


def panel(name: str, kind: str, sights: Sequence[Sight], calendar: Calendar) -> list[str]:
    """The lines that a display shows, edges included.

    Args:
        name: what the display is called.
        kind: its type in the shipment.
        sights: the last of each supply.
        calendar: tells the time of each.
    """
    now = max((calendar.moment(each.at) for each in sights), default=None)
    lines = [_spread(name, "" if now is None else _clock(now))]
    if not sights:
        lines += ["", "No data yet"]
    several = {each.seen.supply for each in sights if each.seen.element != 1}
    for each in sights:
        shared = each.seen.element == 1 and each.seen.supply in several
        lines += ["", *_supply(each.seen, kind, shared=shared)]
    inside = (f"│ {line.ljust(WIDTH)} │" for line in lines)
    edge = "─" * (WIDTH + 2)
    return [f"┌{edge}┐", *inside, f"└{edge}┘"]


def money(millipence: int) -> str:
    """An amount in pounds, to the penny; what is less is left out."""
    sign = "-" if millipence < 0 else ""
    pounds, rest = divmod(abs(millipence), _POUND)
    return f"{sign}£{pounds}.{rest // _PENNY:02}"


def pence(millipence: int) -> str:
    """A price in pence, to a hundredth of a penny."""
    return f"{millipence // _PENNY}.{millipence % _PENNY // 10:02}p"


def energy(counts: int, fuel: str) -> str:
    """Watt hours as kilowatt hours, or litres as cubic metres, to a hundredth."""
    whole, rest = divmod(counts, 1_000)
    return f"{whole}.{rest // 10:02} {'m3' if fuel == 'gas' else 'kWh'}"


def _supply(seen: HomeSeen, kind: str, *, shared: bool) -> Iterator[str]:
    """What is shown of one element; the first shows what it shares with others, too."""
    state = SUPPLY_WORDS.get(-1 if seen.supply_state is None else seen.supply_state, "")
    element = "" if seen.element == 1 else f", element {seen.element}"
    yield _spread(seen.fuel.upper() + element, f"supply {state}" if state else "")
    blocks = (_use(seen, shared=shared), _account(seen))
    for block in blocks if kind != "PPMID" else reversed(blocks):
        yield from block
    yield from _tariff(seen)
    for line in wrap(_printable(seen.message), WIDTH - 2):
        yield f"> {line}"


def _use(seen: HomeSeen, *, shared: bool) -> Iterator[str]:
    """Power, consumption and cost; power and cost are those of all elements."""
    every = ", all elements" if shared else ""
    if seen.power is not None:
        band = BAND_WORDS.get(-1 if seen.power_band is None else seen.power_band, "")
        level = f"{band}  " if band else ""
        told = f"{level}{abs(seen.power)} W"
        yield _spread(("Now" if seen.power >= 0 else "Now, exporting") + every, told)
    rows = (
        ("Today", seen.today, seen.cost_today),
        ("Yesterday", seen.yesterday, seen.cost_yesterday),
        ("This week", seen.this_week, seen.cost_this_week),
        ("This month", seen.this_month, seen.cost_this_month),
    )
    for name, counts, cost in rows:
        if counts is not None and (counts or cost or name != "Yesterday"):
            told = energy(counts, seen.fuel)
            known = not shared and _known(cost, seen)
            yield _spread(name, f"{told}  {money(cost or 0)}" if known else told)
    if shared and _known(seen.cost_today, seen):
        yield _spread(f"Cost today{every}", money(seen.cost_today or 0))
    if seen.register is not None:
        yield _spread("Meter reading", energy(seen.register, seen.fuel))


def _known(cost: int | None, seen: HomeSeen) -> bool:
    """Whether a cost says anything: nothing does where no price is known."""
    return cost is not None and (cost != 0 or seen.price is not None)


def _account(seen: HomeSeen) -> Iterator[str]:
    if seen.prepayment is None or seen.balance is None:
        return
    if not seen.prepayment and seen.bill is not None and not _in_credit(seen):
        yield _spread("Bill to date", money(seen.bill))
        return
    yield _spread("Balance" if seen.prepayment else "Balance (credit)", money(seen.balance))
    if seen.prepayment and seen.emergency_credit is not None:
        yield _spread("Emergency credit", money(seen.emergency_credit))
    if seen.debt:
        yield _spread("Debt", money(seen.debt))


def _in_credit(seen: HomeSeen) -> bool:
    """Whether a supplier gave more than is due; a mirror has no balance of credit mode."""
    return seen.fuel == ELECTRICITY and not seen.bill and (seen.balance or 0) > 0


def _tariff(seen: HomeSeen) -> Iterator[str]:
    if seen.price is not None:
        yield _spread(f"Price{_which(seen)}", f"{pence(seen.price)}/kWh")
    if seen.block_use is not None:
        yield _spread("  used so far", energy(seen.block_use, ELECTRICITY))
    for block in seen.blocks:
        price = "" if block.price is None else f"{pence(block.price)}/kWh"
        yield _spread(f"  block {block.number}, above {energy(block.begins, ELECTRICITY)}", price)
    for rate in seen.rates[1 : 1 + RATES_SHOWN]:
        begins = to_local(ZIGBEE_EPOCH + timedelta(seconds=rate.begins))
        price = "" if rate.price is None else f"{pence(rate.price)}/kWh"
        yield _spread(f"  from {begins:%H:%M}, rate {rate.tier}", price)
    if seen.standing_charge is not None:
        yield _spread("Standing charge", f"{pence(seen.standing_charge)}/day")
    if seen.tariff:
        yield _spread("Tariff", _printable(seen.tariff)[:WIDTH])


def _which(seen: HomeSeen) -> str:
    """Which of the prices it is."""
    named = (("rate", seen.tier), ("block", seen.block))
    words = ", ".join(f"{name} {number}" for name, number in named if number)
    return f" ({words})" if words else ""


def _spread(left: str, right: str) -> str:
    return f"{left}{right.rjust(WIDTH - len(left))}"[: max(WIDTH, len(left))]


def _clock(moment: datetime) -> str:
    return f"{to_local(moment):%a %d %b %Y %H:%M}"


def _printable(text: str) -> str:
    """What others sent cannot move the cursor or change colours."""
    return "".join(each if each.isprintable() else "\ufffd" for each in text)
