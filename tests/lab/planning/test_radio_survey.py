from math import inf

import pytest

from emulator.kernel.streams import Streams
from emulator.lab.planning.radio_survey import BANDS, LinkRow, RadioSurvey, reach
from emulator.radio.interference.activity import OnOff
from emulator.radio.interference.sources import InterferenceField, Source
from emulator.radio.interference.spectra import ofdm
from emulator.radio.phy.pages import PHYS
from emulator.radio.propagation.distance import FreeSpace
from emulator.radio.propagation.link_matrix import LinkMatrix
from emulator.radio.propagation.path_loss import PathLoss, Place
from emulator.radio.propagation.propagated_links import Path
from emulator.radio.propagation.shadowing import Shadowing
from emulator.radio.settings import ReceiverSettings, ReceptionSettings

PLACES = {name: Place(name, x) for name, x in (("CHF", 0.0), ("ESME", 4.0), ("GSME", 40.0))}


def survey(*sources: Source, model: PathLoss | None = None, power: float = 0.0) -> RadioSurvey:
    path = Path(model or FreeSpace(), Shadowing(1, 0))
    field = InterferenceField(sources, PLACES, path, Streams(1))
    return RadioSurvey(PLACES, path, field, ReceiverSettings(), ReceptionSettings(), power)


def row(one: str, other: str, margin: float) -> LinkRow:
    return LinkRow(one, other, "2.4 GHz", margin - 100, margin, 0.0)


def test_margin_is_what_is_heard_above_sensitivity() -> None:
    links = survey(power=8.0).links("2.4 GHz")

    assert [(each.one, each.other) for each in links] == [
        ("CHF", "ESME"),
        ("CHF", "GSME"),
        ("ESME", "GSME"),
    ]
    assert links[0].margin == pytest.approx(links[0].rss + 100)
    assert links[0].rss - links[1].rss == pytest.approx(20)
    assert links[0].rss == pytest.approx(survey().links("2.4 GHz")[0].rss + 8)


def test_frame_of_sixty_octets_is_mostly_lost_below_sensitivity() -> None:
    measured = LinkMatrix({("CHF", "ESME", "2.4 GHz"): 103.0, ("CHF", "GSME", "2.4 GHz"): 90.0})
    weak, strong, none = survey(model=measured).links("2.4 GHz")

    assert weak.lost > 0.9
    assert strong.lost < 1e-6
    assert (none.rss, none.lost) == (-inf, 1.0)


def test_every_channel_of_every_page_of_a_band_is_there() -> None:
    for band, pages in BANDS.items():
        channels = survey().channels("CHF", band)
        assert len(channels) == sum(len(PHYS[page].channels) for page in pages)


def test_channels_are_ordered_by_what_interference_costs() -> None:
    wifi = Source("wifi", 20.0, ofdm(2_412e6), OnOff(0.3), Place("router", 2.0))
    rows = survey(wifi).channels("CHF", "2.4 GHz")
    by_number = {each.channel.number: each for each in rows}

    assert {each.channel.number for each in rows[-4:]} == {11, 12, 13, 14}
    assert by_number[12].worst == pytest.approx(0.3, abs=0.01)
    assert by_number[12].worst_device in ("ESME", "GSME")
    assert by_number[26].lost == 0
    assert by_number[26].interference is None
    loud = by_number[12].interference
    assert loud is not None
    assert loud > -50


def test_losses_of_independent_sources_are_those_of_either_being_on() -> None:
    two = [
        Source(name, 20.0, ofdm(2_412e6), OnOff(0.3), Place(name, 2.0)) for name in ("one", "two")
    ]

    worst = max(each.worst for each in survey(*two).channels("CHF", "2.4 GHz"))

    assert worst == pytest.approx(1 - 0.7**2, abs=0.01)


def test_device_reaches_the_hub_directly_through_another_or_not_at_all() -> None:
    links = [
        row("CHF", "ESME", 30),
        row("CHF", "GSME", 4),
        row("ESME", "GSME", 25),
        row("GSME", "IHD", 22),
        row("ESME", "CAD", 3),
    ]

    assert reach(links, "CHF", 10) == {"ESME": "CHF", "GSME": "ESME", "IHD": "GSME", "CAD": None}
    assert reach(links, "CHF", 0)["GSME"] == "CHF"


def test_stronger_of_two_equally_short_ways_counts() -> None:
    links = [
        row("CHF", "a", 30),
        row("CHF", "b", 30),
        row("a", "far", 12),
        row("b", "far", 20),
        row("CHF", "far", -inf),
    ]

    assert reach(links, "CHF", 10)["far"] == "b"
