from emulator.alt_han.bridge.searching import CHANNELS, HanSearch, SearchState
from emulator.alt_han.bridge.settings import BridgeSettings
from emulator.kernel.units import Instant
from emulator.radio.port import RadioConfigure
from emulator.testing.stack.mac_frames import HAN, JOINER, PAN, beacon, data
from emulator.zigbee.addresses import ExtendedPanId
from emulator.zigbee.mac.frames import Beacon, FrameType, MacFrame, decode_frame

SETTINGS = BridgeSettings()


def started(wanted: ExtendedPanId | None = None) -> HanSearch:
    search = HanSearch(JOINER, SETTINGS)
    search.start(wanted, Instant(0))
    return search


def test_it_asks_on_one_channel_after_the_other_and_pauses_after_the_last() -> None:
    search = started()
    asked = [CHANNELS[0]]

    while search.state is SearchState.LISTENING:
        assert search.deadline is not None
        asked.extend(
            effect.config.channel
            for effect in search.wake(search.deadline)
            if isinstance(effect, RadioConfigure)
        )

    assert tuple(asked) == CHANNELS
    assert search.state is SearchState.PAUSING
    assert search.deadline is not None
    first, _ = search.wake(search.deadline)
    assert isinstance(first, RadioConfigure)
    assert first.config.channel == CHANNELS[0]


def test_the_beacon_of_the_wanted_han_ends_the_search() -> None:
    search = started(HAN)

    assert search.hears(decode_frame(beacon(han=ExtendedPanId(1)))) is None
    found = search.hears(decode_frame(beacon()))

    assert found is not None
    assert (found.channel, found.pan_id, found.extended_pan_id) == (CHANNELS[0], PAN, HAN)
    assert not search.running
    assert search.deadline is None


def test_what_is_no_beacon_of_zigbee_pro_tells_nothing() -> None:
    search = started()

    assert search.hears(decode_frame(data(1, 2))) is None
    assert search.hears(decode_frame(beacon(profile=1))) is None
    assert search.hears(MacFrame(FrameType.BEACON)) is None
    short = decode_frame(beacon())
    cut = MacFrame(
        FrameType.BEACON,
        source_mode=short.source_mode,
        source_pan=PAN,
        source_short=short.source_short,
        payload=Beacon.decode(short.payload).encode()[:6],
    )
    assert search.hears(cut) is None
    assert search.running


def test_it_can_be_stopped() -> None:
    search = started()
    search.stop()

    assert not search.running
    assert search.hears(decode_frame(beacon())) is None
