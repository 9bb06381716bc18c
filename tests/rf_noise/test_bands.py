from emulator.radio.phy.pages import PHYS
from emulator.rf_noise.bands import ANNEX_F, Network, band_named


def test_annex_f_has_four_bands_with_their_clauses() -> None:
    clauses = [band.clause.rpartition(" ")[2] for band in ANNEX_F]

    assert clauses == ["F.5.0", "F.6.0", "F.7.0", "F.8.0"]


def test_every_channel_of_the_han_lies_in_a_band_of_the_han() -> None:
    segments = [
        segment for band in ANNEX_F if band.network is Network.HAN for segment in band.segments
    ]

    for phy in PHYS.values():
        for number in phy.numbers:
            low = phy.frequency(number) - phy.bandwidth / 2
            high = phy.frequency(number) + phy.bandwidth / 2
            assert any(first <= low and high <= last for first, last in segments), (
                phy.page,
                number,
            )


def test_band_knows_what_overlaps_it() -> None:
    band = band_named("868 MHz")

    assert band is not None
    assert band.overlaps((870e6, 880e6))
    assert not band.overlaps((877e6, 914e6))


def test_there_is_no_other_band() -> None:
    assert band_named("5 GHz") is None
