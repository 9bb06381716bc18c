from xml.etree import ElementTree as ET

from emulator.lab.kept.result import Picture
from emulator.rf_noise.pictures.drawing import Drawing


def picture() -> Picture:
    drawing = Drawing()
    (axes,) = drawing.axes()
    axes.plot([1, 2, 3], [3, 1, 2], label="a line")
    drawing.legend()
    return drawing.picture("A title", "A caption & more")


def test_the_same_picture_is_the_same_octets() -> None:
    assert picture() == picture()


def test_picture_is_svg_that_fetches_nothing_and_has_its_texts() -> None:
    drawn = picture()

    root = ET.fromstring(drawn.svg)  # noqa: S314 - our own
    assert root.tag.endswith("svg")
    assert "A title" in drawn.svg
    assert "<script" not in drawn.svg
    assert "<image" not in drawn.svg


def test_axes_are_given_by_rows() -> None:
    assert len(Drawing().axes(2, 3)) == 6
