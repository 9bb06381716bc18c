from emulator.rf_noise.homes.intervals import Share
from emulator.rf_noise.homes.population import Outcome, Population
from emulator.rf_noise.pictures.homes import homes_picture


def test_picture_tells_who_loses_what() -> None:
    shares = Share(1, 100), Share(9, 100), Share(8, 100)
    outcome = Outcome("GSME", "2.4 GHz", *shares, (("flat", Share(8, 100)),))

    picture = homes_picture(Population(100, 1, (outcome,)))

    assert picture.title.startswith("100 homes")
    assert "GSME 2.4 GHz 8.0%" in picture.caption
