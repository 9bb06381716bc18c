from emulator.alt_han.bridge.fetching import ResponseFetcher
from emulator.alt_han.bridge.reading import polls, source_of
from emulator.alt_han.bridge.settings import BridgeSettings
from emulator.kernel.units import Instant, milliseconds
from emulator.testing.stack.mac_frames import HUB, association_request
from emulator.zigbee.mac.frames import decode_frame


def test_a_response_is_asked_for_in_the_joiners_name() -> None:
    fetcher = ResponseFetcher(BridgeSettings(fetch_after=milliseconds(50)))
    request = decode_frame(association_request(sequence=200))
    fetcher.associating(request, Instant(1_000))

    assert fetcher.deadline == 51_000
    assert fetcher.wake(Instant(50_999)) == []
    (question,) = fetcher.wake(Instant(51_000))

    asked = decode_frame(question)
    assert polls(asked)
    assert source_of(asked) == source_of(request)
    assert asked.destination_short == HUB
    assert asked.sequence != request.sequence
    assert fetcher.deadline is None
