from emulator.lab.installing.set_load import take
from emulator.lab.lab import ROOMS, Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.runs.emulated import EMULATED
from emulator.lab.shipments.shipment import parse_shipment
from emulator.testing.scenes.bench_scene import SHIPMENT

HOME = parse_shipment(SHIPMENT.encode(), "home.csv")


def measured(lab: Lab) -> Lab:
    """The same, after its meter measured for a while."""
    meter = lab.home().device("ESME")
    meter.power_on()
    take(lab, meter, "2 kW")
    lab.run("31 min")
    lab.picture_home()
    return lab


def test_report_shows_what_meters_measured() -> None:
    lab = EMULATED.make(HOME, LabOptions())
    assert isinstance(lab, Lab)

    assert [each.title for each in measured(lab).pictures] == ["The last week of the ESME"]


def test_laboratory_of_a_test_draws_nothing_unless_told() -> None:
    assert not measured(Lab(HOME, LabOptions())).pictures


def test_rooms_are_those_of_the_laboratory() -> None:
    assert EMULATED.rooms == ROOMS
