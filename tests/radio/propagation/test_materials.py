import pytest

from emulator.radio.propagation.materials import Material, of_megahertz, shipped_materials


def test_every_shipped_material_has_a_loss_at_both_bands_and_a_source() -> None:
    for material in shipped_materials().values():
        assert material.source
        assert material.loss(868e6) <= material.loss(2.44e9)
    assert shipped_materials()["open"].loss(868e6) == 0


def test_loss_is_linear_between_figures_in_the_logarithm_and_level_beyond() -> None:
    material = Material("m", of_megahertz({"1000": 10, "4000": 20}), "", verified=True)

    assert material.loss(500e6) == 10
    assert material.loss(2e9) == pytest.approx(15)
    assert material.loss(4e9) == material.loss(9e9) == 20


def test_order_of_the_figures_does_not_matter() -> None:
    assert of_megahertz({"2440": 2, "868": 1}) == ((868e6, 1), (2.44e9, 2))


def test_word_is_no_frequency() -> None:
    with pytest.raises(ValueError, match="fast"):
        of_megahertz({"fast": 1})
