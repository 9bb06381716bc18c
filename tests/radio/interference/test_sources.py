import pytest

from emulator.kernel.errors import LocalError
from emulator.kernel.streams import Streams
from emulator.kernel.units import Instant, milliseconds
from emulator.radio.interference.activity import OnOff, Pulses
from emulator.radio.interference.sources import InterferenceField, Source, channel_edges
from emulator.radio.interference.spectra import FlatSpectrum, LineSpectrum, ofdm
from emulator.radio.port import Channel
from emulator.radio.propagation.distance import FreeSpace, free_space_loss
from emulator.radio.propagation.path_loss import Place
from emulator.radio.propagation.propagated_links import Path
from emulator.radio.propagation.shadowing import Shadowing
from emulator.radio.receiver import decibels, milliwatts

CHANNEL = Channel(0, 13)
HUB, METER = Place("CHF"), Place("ESME", 20)
ROUTER = Place("router", 3)


def field(*sources: Source) -> InterferenceField:
    places = {place.name: place for place in (HUB, METER)}
    return InterferenceField(sources, places, Path(FreeSpace(), Shadowing(1, 0)), Streams(1))


def noise(name: str = "noise", power: float = -60, **others: object) -> Source:
    spectrum = FlatSpectrum(2_400e6, 2_500e6)
    return Source(name, power, spectrum, **others)  # type: ignore[arg-type]  # of a source


def span(start: int, end: int) -> tuple[Instant, Instant]:
    return Instant(start), Instant(end)


def test_receiver_takes_in_the_bandwidth_of_its_page() -> None:
    assert channel_edges(Channel(0, 11)) == (2_404e6, 2_406e6)
    assert channel_edges(Channel(28, 0)) == (863.15e6, 863.35e6)


def test_power_at_a_place_is_what_is_in_the_channel_less_the_loss_of_the_way() -> None:
    wifi = Source("wifi", 20.0, ofdm(2_412e6), place=ROUTER)
    air = field(wifi)

    at_hub = decibels(air.received("wifi", "CHF", CHANNEL))
    at_meter = decibels(air.received("wifi", "ESME", CHANNEL))

    assert at_hub == pytest.approx(20 - 9.8 - free_space_loss(3, 2_415e6), abs=0.1)
    assert at_hub - at_meter == pytest.approx(
        free_space_loss(17, 2_415e6) - free_space_loss(3, 2_415e6), abs=0.1
    )


def test_source_that_was_measured_at_a_receiver_reaches_it_alone() -> None:
    air = field(noise(receivers=("CHF",)))

    assert air.received("noise", "CHF", CHANNEL) == pytest.approx(milliwatts(-60) * 0.02)
    assert air.received("noise", "ESME", CHANNEL) == 0
    assert air.pieces("ESME", CHANNEL, span(0, 500)) == ((500, 0.0),)


def test_steady_source_is_one_piece_a_day_long_or_short() -> None:
    air = field(noise())

    ((until, power),) = air.pieces("CHF", CHANNEL, span(100, 500))
    assert until == 100_000
    assert power == pytest.approx(milliwatts(-60) * 0.02)
    across = air.pieces("CHF", CHANNEL, span(99_000, 350_000))
    assert [until for until, _ in across] == [100_000, 200_000, 300_000, 400_000]


def test_sources_add_up_while_they_are_on() -> None:
    pulses = noise("pulses", -50, activity=Pulses(milliseconds(10), 0.5))
    air = field(noise(), pulses)

    pieces = air.pieces("CHF", CHANNEL, span(0, 50_000))

    powers = sorted({power for _, power in pieces})
    assert powers == pytest.approx(
        [milliwatts(-60) * 0.02, (milliwatts(-60) + milliwatts(-50)) * 0.02]
    )
    assert len(pieces) in (10, 11, 12)
    assert air.most("CHF", CHANNEL) == pytest.approx(powers[1])
    assert air.most("ESME", CHANNEL) == air.most("CHF", CHANNEL)


def test_pieces_cover_the_span_whoever_asked_before() -> None:
    wifi = Source("wifi", 20.0, ofdm(2_412e6), OnOff(0.4), ROUTER)
    asked, fresh = field(wifi), field(wifi)
    for start in (10**9, 5, 4_000_000, 77):
        asked.pieces("ESME", CHANNEL, span(start, start + 3_000))

    pieces = asked.pieces("CHF", CHANNEL, span(250_000, 460_000))

    assert pieces == fresh.pieces("CHF", CHANNEL, span(250_000, 460_000))
    ends = [until for until, _ in pieces]
    assert ends == sorted(set(ends))
    assert ends[0] > 250_000
    assert ends[-1] >= 460_000


def test_other_places_and_channels_hear_the_same_bursts_at_other_strengths() -> None:
    air = field(Source("wifi", 20.0, ofdm(2_412e6), OnOff(0.4), ROUTER))

    here = air.pieces("CHF", CHANNEL, span(0, 90_000))
    there = air.pieces("ESME", Channel(0, 15), span(0, 90_000))

    assert [until for until, _ in here] == [until for until, _ in there]
    assert max(power for _, power in here) > 100 * max(power for _, power in there)


def test_line_disturbs_its_channel_only() -> None:
    air = field(Source("clock", -40.0, LineSpectrum(2_425e6), place=ROUTER))

    assert air.received("clock", "CHF", Channel(0, 15)) > 0
    assert air.pieces("CHF", Channel(0, 16), span(0, 9)) == ((9, 0.0),)


def test_source_can_be_changed_added_and_removed() -> None:
    air = field(noise())

    air.set_power("noise", -40)
    assert air.received("noise", "CHF", CHANNEL) == pytest.approx(milliwatts(-40) * 0.02)
    air.set(noise("more", -40))
    assert [source.name for source in air.sources] == ["noise", "more"]
    air.remove("noise")
    air.remove("more")
    assert air.pieces("CHF", CHANNEL, span(0, 9)) == ((9, 0.0),)


def test_power_of_an_unknown_source_cannot_be_set() -> None:
    with pytest.raises(LocalError, match="no source of interference 'fridge': there is noise"):
        field(noise()).set_power("fridge", -3)


def test_place_that_is_nowhere_hears_nothing_of_a_source_that_stands_somewhere() -> None:
    air = field(Source("wifi", 20.0, ofdm(2_412e6), place=ROUTER))

    assert air.received("wifi", "IHD", CHANNEL) == 0
