"""The matrix of test hubs."""

from emulator.bench.interoperability.hub_variants import (
    WAN_VARIANTS,
    HanVariant,
    HubVariant,
    every_variant,
)
from emulator.dcc.wan_coverage import CspRegion


def test_every_combination_is_listed_once() -> None:
    names = [each.name for each in every_variant()]

    assert len(names) == len(set(names)) == 2 * len(WAN_VARIANTS) == 12
    assert "Dual Band / 4G North" in names


def test_a_hub_of_one_band_can_always_run() -> None:
    variant = HubVariant(HanVariant.SINGLE_BAND, CspRegion.CENTRAL)

    assert (variant.lacking, variant.settings) == ("", ())


def test_a_hub_of_two_bands_is_asked_for_by_a_setting() -> None:
    variant = HubVariant(HanVariant.DUAL_BAND, CspRegion.CENTRAL)

    assert variant.settings == ("hub.bands=dual",)
