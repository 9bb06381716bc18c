"""A block of 24 flats, 9 out of reach, 4 at crowded meter points: resolved, bridged, commissioned.

The homes that are direct and those whose bridge has space are commissioned first, then, after the
works, the others: through one DCC, on one air.
"""

from emulator.alt_han.coordination import actions as act
from emulator.alt_han.coordination.parties import MeterPoint
from emulator.alt_han.coordination.processes import Process
from emulator.alt_han.inventory import Solution
from emulator.building.block import Block, HomeInBlock
from emulator.building.building_file import read_building
from emulator.building.building_picture import building_picture
from emulator.building.coordination_days import clearing, to_works
from emulator.building.equipment_book import EquipmentBook
from emulator.building.example_room import bridge_at, example_site
from emulator.building.han_picture import han_picture
from emulator.building.reach import Verdict, reach_of, usual_settings
from emulator.building.room_case import MONDAY, RoomCase
from emulator.lab.inputs.scenario_files import INSTALLED
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab
from emulator.zigbee.nwk.facts import NetworkFormed

SOURCES = (
    Source("DCP 400", "3.1 to 3.4, 4.3, 6.2 to 6.11, 8.5"),
    Source("SEC", "K7.5(t), (u), (v)"),
    Source("SEC App. AC", "4.9 to 4.15"),
    Source("ZSE 1.4", "5.4"),
)
TAGS = ("alt-han", "building", "meter-room", "bridge", "dcc", "metrics")
SERVICE_MODE = "end_to_end"
FILE = INSTALLED / "plans" / "block-of-24.toml"
SUPPLIERS = ("supplier A", "supplier B")


def run(lab: Lab) -> None:
    """The plan, direct homes, bridges that fit, the crowded room, the others, and the counts."""
    building = read_building(FILE)
    rows = reach_of(building, usual_settings(seed=lab.options.seed))
    lab.picture(building.plan.name, building_picture(building.plan, rows))
    away = {row.dwelling.name for row in rows if row.verdict is not Verdict.DIRECT}
    crowded = {row.dwelling.name for row in rows if row.dwelling.crowded}
    lab.step(
        "the plan says who is out of reach, and that bridges reach them", "DCP 400 3.1"
    ).expect(
        lambda: (
            len(away) == 9
            and crowded < away
            and all(row.verdict is not Verdict.UNREACHABLE for row in rows)
        ),
        f"{len(rows)} dwellings, {len(away)} out of reach, {len(crowded)} of them crowded",
    )
    block = Block(lab, building, FILE)
    book = EquipmentBook(SUPPLIERS)
    book.open(block.homes, MONDAY)
    book.deliver_planned(block.homes, MONDAY)
    book.deliver("spare pair", Solution.POINT_TO_POINT, SUPPLIERS[0], MONDAY)
    direct = [home for home in block.homes if home.dwelling.name not in away]
    waiting = [home for home in block.homes if home.dwelling.name in crowded]
    bridged = [home for home in block.homes if home not in direct and home not in waiting]
    case = crowded_room(lab, waiting)
    bring_up(block, book, [*direct, *bridged], case)
    lab.step("premises without works", "DCP 400 8.5").done(
        f"{len(direct)} direct, {len(bridged)} across bridges, {len(waiting)} not yet"
    )
    resolve(
        case, [home.lab.home().shipped(home.lab.home().device("ESME")).mpxn for home in waiting]
    )
    bring_up(block, book, waiting, case)
    lab.picture("Every dwelling's HAN", han_picture(block.homes))
    report(lab, block, book, case)


def crowded_room(lab: Lab, homes: list[HomeInBlock]) -> RoomCase:
    """The meter room, in which no bridge fits at four of the meters."""
    points = [
        MeterPoint(
            mpan=home.lab.home().shipped(home.lab.home().device("ESME")).mpxn,
            customer=home.dwelling.name,
            supplier=SUPPLIERS[number % len(SUPPLIERS)],
        )
        for number, home in enumerate(homes)
    ]
    case = RoomCase(lab, example_site("meter room", points))
    case.show_room("before")
    needs = [bridge_at(point.mpan) for point in points]
    case.tried("at four meters no bridge fits", needs, fits=False)
    return case


def resolve(case: RoomCase, mpans: list[str]) -> None:
    """The room goes through its seven processes."""
    works = clearing(case.site, mpans)
    case.wait(days=28)
    case.do("everything until works begin", "DCP 400 6.2 to 6.5", to_works(case.site, works))
    case.wait(days=14)
    case.do("works are done", "DCP 400 6.9", [act.CarryOut(work=each) for each in works])
    found = act.Find(occasion=act.Occasion.CATEGORY_B, mpan=mpans[0])
    case.do("a Category B situation was found", "DCP 400 6.17", [found])
    case.wait(days=2)
    told = act.Notify(number=1, channel=act.Channel.MM00023)
    case.do("the distributor is told, works are over", "DCP 400 6.17", [told, act.EndWorks()])
    after = case.tried("a bridge fits at each", [bridge_at(each) for each in mpans], fits=True)
    case.show_room("after, with bridges", after.room)
    ended: list[act.Action] = [
        act.Examine(fits=after.fits),
        act.Approve(process=Process.SIX),
        act.Complete(),
    ]
    case.do("the room is ready", "DCP 400 6.11", ended)
    case.show_notices()


def bring_up(block: Block, book: EquipmentBook, homes: list[HomeInBlock], case: RoomCase) -> None:
    """Bridges are fitted and homes commissioned across them."""
    for home in homes:
        block.fit(home)
        if home.planned is not None:
            book.install(home.planned, case.now)
    block.commission(homes)


def report(lab: Lab, block: Block, book: EquipmentBook, case: RoomCase) -> None:
    """All are on the air, and what is counted of them."""
    done = [home for home in block.homes if home.complete]
    hans = {fact.extended_pan_id for _, fact in lab.trace.of(NetworkFormed)}
    devices = sum(len(home.lab.home().devices) for home in done)
    lab.step(
        "every home is commissioned through the DCC, each in a HAN of its own", "SEC App. AC 4"
    ).expect(
        lambda: len(done) == len(block.homes) == len(hans),
        f"{len(done)} homes, {len(hans)} HANs, {devices} devices, {lab.frames()} frames",
    )
    counts = book.counts(case.now)
    told = "; ".join(f"{who}: (t) {t}, (u) {u}, (v) {v}" for who, (t, u, v) in counts.items())
    lab.step("what is counted at the end of the period", "SEC K7.5(t), (u), (v)").expect(
        lambda: tuple(sum(each) for each in zip(*counts.values(), strict=True)) == (8, 10, 1), told
    )
    unlocked = sum(home.bridge is not None for home in done)
    lab.step("premises unlocked", "DCP 400 4.3, 8.5").expect(
        lambda: (len(done) - unlocked, unlocked) == (15, 9),
        f"{len(done) - unlocked} direct, {unlocked} by Alt HAN",
    )
