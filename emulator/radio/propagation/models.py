"""The model of path loss that settings name, in the building that a plan describes."""

from emulator.radio.propagation.distance import LogDistance
from emulator.radio.propagation.floor_plan import FloorPlan
from emulator.radio.propagation.multi_wall import MultiWall
from emulator.radio.propagation.p1238 import PowerLoss, SiteGeneral
from emulator.radio.propagation.path_loss import PathLoss
from emulator.radio.propagation.settings import PropagationSettings


def path_loss_of(settings: PropagationSettings, plan: FloorPlan) -> PathLoss:
    """The model that the settings name."""
    match settings.model:
        case "multi-wall":
            return MultiWall(plan, settings.wall_constant, settings.floor_exponent)
        case "log-distance":
            return LogDistance(settings.exponent, settings.reference_loss)
        case "p1238-site":
            return SiteGeneral()
        case "p1238-power":
            return PowerLoss(settings.site)
