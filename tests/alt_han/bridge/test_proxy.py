from emulator.alt_han.bridge.proxy import Proxy
from emulator.alt_han.bridge.settings import BridgeSettings
from emulator.kernel.units import Instant, milliseconds
from emulator.testing.stack import mac_frames as sent
from emulator.zigbee.mac.frames import decode_frame

SETTINGS = BridgeSettings(kept_for=milliseconds(500), awake=milliseconds(19), kept_frames=1)
NEW = 0x1234


def keeps(proxy: Proxy, psdu: bytes, now: int) -> bool:
    return proxy.keeps(decode_frame(psdu), psdu, Instant(now)) is not None


def polled(proxy: Proxy, psdu: bytes, now: int) -> list[bytes]:
    return list(proxy.polled(decode_frame(psdu), Instant(now)))


def test_a_frame_for_a_device_that_never_asks_is_not_kept() -> None:
    assert not keeps(Proxy(SETTINGS), sent.data(0, NEW), 0)
    assert not keeps(Proxy(SETTINGS), sent.data(0, 0xFFFF), 0)


def test_a_frame_for_a_sleeping_device_waits_until_it_asks_again() -> None:
    proxy = Proxy(SETTINGS)
    psdu = sent.data(0, NEW)

    assert polled(proxy, sent.polls(NEW), 0) == []
    assert not keeps(proxy, psdu, 19_000)  # it still listens
    assert keeps(proxy, psdu, 19_001)
    assert polled(proxy, sent.polls(NEW), 400_000) == [psdu]


def test_what_a_device_gets_ends_its_listening() -> None:
    proxy = Proxy(SETTINGS)
    first, second = sent.data(0, NEW, b"a"), sent.data(0, NEW, b"b")
    polled(proxy, sent.polls(NEW), 0)
    keeps(proxy, first, 20_000)

    given = polled(proxy, sent.polls(NEW), 400_000)

    assert given == [first]
    assert keeps(proxy, second, 401_000)


def test_a_frame_that_nobody_acknowledged_comes_before_those_behind_it() -> None:
    proxy = Proxy(BridgeSettings(kept_for=milliseconds(500)))
    first, second = sent.data(0, NEW, b"a"), sent.data(0, NEW, b"b")
    polled(proxy, sent.polls(NEW), 0)
    keeps(proxy, second, 20_000)

    assert proxy.unheard(first, Instant(21_000))
    assert polled(proxy, sent.polls(NEW), 30_000) == [first]


def test_a_frame_for_who_never_polls_is_not_kept_again() -> None:
    assert not Proxy(SETTINGS).unheard(sent.data(0, NEW), Instant(0))


def test_a_device_that_listens_polls_for_its_keep_alive_and_misses_nothing() -> None:
    proxy = Proxy(SETTINGS)
    request = decode_frame(sent.association_request(listens=True))
    assert polled(proxy, sent.joiner_polls(), 0) == []
    proxy.heard(request)
    keeps(proxy, sent.association_response(NEW), 0)
    polled(proxy, sent.joiner_polls(), 2)

    polled(proxy, sent.polls(NEW), 600_000)

    assert not keeps(proxy, sent.data(0, NEW), 700_000)
    assert not proxy.unheard(sent.data(0, NEW), Instant(700_000))


def test_who_polled_long_ago_is_sent_to_and_asked_after_only_when_it_does_not_hear() -> None:
    proxy = Proxy(SETTINGS)
    psdu = sent.data(0, NEW)
    polled(proxy, sent.polls(NEW), 0)

    assert keeps(proxy, psdu, 519_000)
    assert not keeps(proxy, psdu, 519_001)
    assert proxy.unheard(psdu, Instant(530_000))


def test_what_is_for_a_joiners_new_address_waits_until_it_has_that_address() -> None:
    proxy = Proxy(SETTINGS)
    response, key = sent.association_response(NEW), sent.data(0, NEW)

    assert keeps(proxy, response, 0)
    assert keeps(proxy, key, 1)
    assert polled(proxy, sent.joiner_polls(), 2) == [response, key]
    assert not keeps(proxy, key, 3)


def test_a_response_that_nobody_collected_holds_nothing_back_for_ever() -> None:
    proxy = Proxy(SETTINGS)
    keeps(proxy, sent.association_response(NEW), 0)

    assert len(proxy.expired(Instant(500_000))) == 1
    assert not keeps(proxy, sent.data(0, NEW), 500_001)


def test_more_than_it_keeps_is_told() -> None:
    proxy = Proxy(SETTINGS)
    polled(proxy, sent.polls(NEW), 0)
    keeps(proxy, sent.data(0, NEW, b"a"), 20_000)

    second = sent.data(0, NEW, b"b")
    (gone,) = proxy.keeps(decode_frame(second), second, Instant(20_000)) or ()

    assert gone.reason == "too many kept"


def test_the_last_beacon_is_given_to_whoever_asks() -> None:
    proxy = Proxy(SETTINGS)
    asks = decode_frame(sent.beacon_request())
    assert list(proxy.beacon(asks)) == []

    proxy.passed_on(decode_frame(sent.beacon()), sent.beacon(), Instant(0))

    assert list(proxy.beacon(asks)) == [sent.beacon()]
    assert list(proxy.beacon(decode_frame(sent.polls(NEW)))) == []


def test_an_association_request_is_followed_by_a_question() -> None:
    proxy = Proxy(SETTINGS)
    request = sent.association_request()
    proxy.passed_on(decode_frame(request), request, Instant(0))

    assert proxy.deadline == Instant(SETTINGS.fetch_after)
    assert len(proxy.questions(Instant(SETTINGS.fetch_after))) == 1
    assert proxy.deadline is None


def test_a_poll_without_a_source_gets_nothing() -> None:
    assert polled(Proxy(SETTINGS), sent.beacon_request(), 0) == []
