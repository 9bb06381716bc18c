from hypothesis import given
from hypothesis import strategies as st

from emulator.dcc.alerts.throttling import Throttle
from emulator.dcc.service_request import DeviceAlert
from emulator.dcc.settings import Traffic
from emulator.kernel.units import NEVER, START, Instant, later, seconds
from emulator.testing.scenes.dcc_scene import ESME, HUB

SETTINGS = Traffic(alerts=2, window=seconds(60), excluded=(0x8F66,))


def alert(code: int = 0x8F1E, octets: bytes = b"") -> DeviceAlert:
    return DeviceAlert(user=HUB, device=ESME, code=code, message=octets)


def test_few_alerts_pass() -> None:
    throttle = Throttle(SETTINGS)

    assert [throttle.passes(alert(), START) for _ in range(2)] == [True, True]
    assert throttle.deadline is None


def test_more_are_counted_until_the_window_ends() -> None:
    throttle = Throttle(SETTINGS)
    passed = [throttle.passes(alert(octets=bytes((n,))), START) for n in range(5)]

    early = throttle.consolidated(later(START, seconds(59)))
    (last,) = throttle.consolidated(later(START, seconds(60)))

    assert passed == [True, True, False, False, False]
    assert early == ()
    assert (last.count, last.sequence_id, last.message) == (3, 1, b"\x04")
    assert throttle.deadline is None


def test_alerts_pass_again_after_the_window() -> None:
    throttle = Throttle(SETTINGS)
    for _ in range(2):
        throttle.passes(alert(), START)

    assert throttle.passes(alert(), later(START, seconds(60)))


def test_codes_and_the_excluded_are_counted_apart() -> None:
    throttle = Throttle(SETTINGS)

    assert all(throttle.passes(alert(0x8F66), START) for _ in range(9))
    assert all(throttle.passes(alert(code), START) for code in range(9))


@given(st.lists(st.integers(0, 40), max_size=60))
def test_every_alert_is_passed_on_or_counted_once(steps: list[int]) -> None:
    throttle = Throttle(SETTINGS)
    now, passed, counted = START, 0, 0

    for step in steps:
        now = later(now, seconds(step))
        counted += sum(each.count or 0 for each in throttle.consolidated(now))
        passed += throttle.passes(alert(), now)
    counted += sum(each.count or 0 for each in throttle.consolidated(Instant(NEVER)))

    assert passed + counted == len(steps)
