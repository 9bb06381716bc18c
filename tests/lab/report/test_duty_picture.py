from xml.etree.ElementTree import fromstring

from emulator.kernel.units import Instant, seconds
from emulator.lab.report.duty_picture import duty_picture
from emulator.radio.access_settings import DutyCycleSettings

SAMPLES = [(Instant(0), 0), (Instant(seconds(60)), int(seconds(54))), (Instant(seconds(120)), 0)]


def test_picture_is_svg_with_the_limits_of_the_page_named() -> None:
    svg = duty_picture(SAMPLES, DutyCycleSettings(), 28)

    assert fromstring(svg).tag.endswith("svg")  # noqa: S314 - our own
    for word in ("limited", "critical", "regulated", "air time of the last hour"):
        assert word in svg


def test_equal_samples_give_equal_pictures_and_other_pages_other_limits() -> None:
    limits = DutyCycleSettings()

    assert duty_picture(SAMPLES, limits, 28) == duty_picture(SAMPLES, limits, 28)
    assert duty_picture(SAMPLES, limits, 28) != duty_picture(SAMPLES, limits, 31)
