from pathlib import Path

from emulator.lab.installing.commissioning import form_network
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import read_shipment
from emulator.radio.bands import BOTH_BANDS, Band
from emulator.radio.settings import RadioSettings
from emulator.radio.simulated import SimulatedRadio

SHIPMENT = Path(__file__).parents[2] / "data/shipments/one-meter.csv"


def lab(*bands: Band) -> Lab:
    made = Lab(read_shipment(SHIPMENT), LabOptions(name="radios"))
    made.differ("CHF", bands=bands)
    form_network(made, made.home())
    return made


def test_dual_band_hub_has_two_radios_and_others_one() -> None:
    made = lab(*BOTH_BANDS)

    assert [len(made.radios.of(name)) for name in ("CHF", "ESME", "nobody")] == [2, 1, 0]
    assert all(isinstance(each, SimulatedRadio) for each in made.radios.of("CHF"))


def test_each_band_has_a_capture_of_what_was_sent_there() -> None:
    dual, single = lab(*BOTH_BANDS), lab()

    assert dual.second_capture()[:4] == single.capture()[:4] == b"\x0a\x0d\x0d\x0a"
    assert len(dual.second_capture()) > len(single.capture())
    assert single.second_capture() == b""


def test_radios_have_the_settings_of_the_run() -> None:
    assert RadioSettings().duty_cycle == lab().settings.duty_cycle
