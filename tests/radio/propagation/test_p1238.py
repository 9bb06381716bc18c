import pytest

from emulator.radio.propagation.p1238 import (
    ROWS,
    SITES,
    PowerLoss,
    Site,
    SiteGeneral,
    floor_loss,
    row_for,
)
from emulator.radio.propagation.path_loss import Place


def test_power_loss_gives_what_ns_3_tests_for_a_home_two_floors_apart() -> None:
    lost = PowerLoss(Site.HOUSE).loss(Place("a"), Place("b", 31.32, floor=2), 2_114e6)

    assert lost == pytest.approx(88.3855, abs=0.1)


@pytest.mark.parametrize(("frequency", "loss"), [(2.44e9, 63.3), (868e6, 52.6)])
def test_site_general_out_of_sight_at_ten_metres(frequency: float, loss: float) -> None:
    assert SiteGeneral().loss(Place("a"), Place("b", 10), frequency) == pytest.approx(loss, abs=0.1)


def test_rows_of_the_table_differ_in_sight_and_out_of_it() -> None:
    ends = Place("a"), Place("b", 20)

    seen = SiteGeneral(SITES["corridor, in sight"]).loss(*ends, 2.44e9)
    hidden = SiteGeneral(SITES["corridor, out of sight"]).loss(*ends, 2.44e9)

    assert seen + 10 < hidden


def test_floors_beyond_the_table_go_on_in_its_last_step() -> None:
    office = row_for(Site.OFFICE, 900e6)

    assert [floor_loss(office, count) for count in range(5)] == [0, 9, 19, 24, 29]


def test_band_nearest_to_the_frequency_counts() -> None:
    assert row_for(Site.HOUSE, 868e6).megahertz == 900
    assert row_for(Site.HOUSE, 2.44e9).megahertz == 2_400
    assert row_for(Site.COMMERCIAL, 2.44e9).megahertz == 1_900


def test_every_row_has_a_source_and_stand_ins_are_not_verified() -> None:
    assert all(row.source for row in ROWS)
    for site in (Site.HOUSE, Site.APARTMENT):
        assert not row_for(site, 868e6).verified


def test_nearer_than_a_metre_loses_as_at_a_metre() -> None:
    one, near, metre = Place("a"), Place("b", 0.2), Place("c", 1)

    for model in (PowerLoss(), SiteGeneral()):
        assert model.loss(one, near, 868e6) == model.loss(one, metre, 868e6)
