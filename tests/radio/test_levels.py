from hypothesis import given
from hypothesis import strategies as st

from emulator.radio.levels import energy_level, link_quality
from emulator.radio.settings import ReceiverSettings

USUAL = ReceiverSettings()


def test_energy_level_spans_forty_db_above_sensitivity_plus_ten() -> None:
    assert energy_level(-90, USUAL) == 0
    assert energy_level(-50, USUAL) == 255


def test_link_quality_spans_forty_db_above_sensitivity() -> None:
    assert link_quality(-100, USUAL) == 0
    assert link_quality(-80, USUAL) == 127
    assert link_quality(-60, USUAL) == 255


def test_less_sensitive_receiver_makes_less_of_the_same_signal() -> None:
    deaf = ReceiverSettings(sensitivity=-85)

    assert link_quality(-80, deaf) == 31
    assert energy_level(-50, deaf) == 159


@given(st.integers(-200, 50))
def test_levels_stay_in_an_octet_and_never_fall_as_the_signal_grows(rss: int) -> None:
    for level in (energy_level, link_quality):
        assert 0 <= level(rss, USUAL) <= level(rss + 1, USUAL) <= 255
