from emulator.rf_noise.desense.gate import Gate
from emulator.rf_noise.homes.reach import reach
from emulator.rf_noise.pictures.error_curves import error_curves
from tests.rf_noise.homes.test_reach import SETTINGS, channel


def test_picture_tells_how_far_links_reach() -> None:
    near = reach(channel(-90), Gate(), SETTINGS.link)

    picture = error_curves([near], 0.1)

    before, after = near.farthest(0.1)
    assert f"at {before:.0f} m without the noise and at {after:.0f} m with it" in picture.caption
    assert "2.4 GHz channel 11" in picture.title


def test_link_without_any_reach_is_told() -> None:
    picture = error_curves([reach(channel(0), Gate(), SETTINGS.link)], 0.1)

    assert "at 1 m or less with it" in picture.caption
