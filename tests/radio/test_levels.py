import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.radio.levels import energy_level, link_quality, sensitivity
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


@pytest.mark.parametrize(("above", "level"), [(0, 0), (10, 0), (25, 127), (40, 255), (55, 255)])
def test_span_of_thirty_db_gives_what_ns_3_tests(above: int, level: int) -> None:
    receiver = ReceiverSettings(energy_span=30)

    assert energy_level(-100 + above, receiver) == level


def test_chip_counts_decibels_from_its_floor_to_its_ceiling() -> None:
    chip = ReceiverSettings(energy="chip")

    assert [energy_level(rss, chip) for rss in (-120, -91, -60, -7, 0)] == [0, 0, 31, 84, 84]


def test_quality_by_success_is_the_chance_of_the_frame() -> None:
    receiver = ReceiverSettings(quality="success")

    assert link_quality(-99, receiver, success=0.5) == 128
    assert link_quality(-99, receiver) == 255


def test_pages_have_sensitivities_of_their_own() -> None:
    receiver = ReceiverSettings(sub_ghz_sensitivity=-110)

    assert sensitivity(receiver) == -100
    assert sensitivity(receiver, 28) == -110
    assert link_quality(-100, receiver, 28) > link_quality(-100, receiver)
    assert energy_level(-85, receiver, 28) > energy_level(-85, receiver)
