"""A home on a floor plan whose hub takes in noise, for tests."""

from pathlib import Path

from emulator.lab.inputs.overrides import parse_overrides
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import read_shipment
from emulator.rf_noise.desense.gate import Gate
from emulator.rf_noise.trials.noisy_home import NoisyHome
from emulator.rf_noise.trials.shipped import shipped_trace
from emulator.smart_energy.stack_settings import rooms

SHIPMENT = Path(__file__).parents[2] / "data/shipments/dual-fuel.csv"


def noisy_home(*assignments: str, gate: Gate = Gate()) -> NoisyHome:  # noqa: B008 - frozen
    """A home with the trace of a noisy ESME, nothing of it installed."""
    overrides = parse_overrides(assignments, rooms(), None)
    lab = Lab(read_shipment(SHIPMENT), LabOptions(name="noisy", overrides=overrides))
    lab.site.on_plan("terrace.toml")
    return NoisyHome(lab, shipped_trace("noisy-esme-2400.csv"), gate=gate, beside=("ESME",))
