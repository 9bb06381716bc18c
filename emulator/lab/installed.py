"""The laboratory that comes with hanlab, as a run is given it."""

import importlib

from emulator.kernel.errors import EnvironmentFault
from emulator.lab.laboratory import LaboratoryKind


def installed_laboratory() -> LaboratoryKind:
    """The laboratory and its rooms of settings."""
    try:
        module = importlib.import_module("emulator.lab.lab")
    except ImportError as fault:
        raise EnvironmentFault(f"the laboratory does not load: {fault}") from fault
    return LaboratoryKind(module.Lab, module.ROOMS)
