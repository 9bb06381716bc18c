import pytest

from emulator.radio.propagation.distance import LogDistance
from emulator.radio.propagation.floor_plan import FloorPlan
from emulator.radio.propagation.models import path_loss_of
from emulator.radio.propagation.multi_wall import MultiWall
from emulator.radio.propagation.p1238 import PowerLoss, Site, SiteGeneral
from emulator.radio.propagation.settings import Model, PropagationSettings

PLAN = FloorPlan("none", (), (), (), ())


@pytest.mark.parametrize(
    ("model", "made"),
    [
        ("multi-wall", MultiWall(PLAN, 0.0, 0.46)),
        ("log-distance", LogDistance(2.5, None)),
        ("p1238-site", SiteGeneral()),
        ("p1238-power", PowerLoss(Site.OFFICE)),
    ],
)
def test_model_is_the_one_that_settings_name(model: Model, made: object) -> None:
    settings = PropagationSettings(model=model, exponent=2.5, site=Site.OFFICE)

    assert path_loss_of(settings, PLAN) == made
