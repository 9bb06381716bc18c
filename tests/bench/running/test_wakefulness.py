"""A gas meter that is asked to stay awake, one that is not asked, and one that does not care."""

import pytest

from emulator.bench.campaigns.campaign import known_cases
from emulator.bench.cases.checks import AT_ITS_OWN_PACE, Check
from emulator.bench.running.benched_home import Reach
from emulator.bench.running.runner import Runner
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.kernel.units import Duration, Instant, later, minutes
from emulator.lab.kept.result import Verdict
from emulator.smart_energy.mirror.client import MirrorClient, Phase
from emulator.testing.scenes.bench_scene import bench

SUCCESS = "GSME/0013/CS07/success"
FETCHES = "GSME/0013/CS07/fetches"
WRONG_MAC = "GSME/006E/GCS04/wrong-mac"
WRONG_RECIPIENT = "GSME/0013/CS07/wrong-recipient"


def gas_meter() -> Runner:
    return bench(DeviceKind.GSME, reach=Reach.HAN)


def took(runner: Runner, name: str) -> Duration:
    """How long a case takes that passes."""
    run = runner.record(known_cases(DeviceKind.GSME)[name])
    assert run.judged.verdict is Verdict.PASS
    return Duration(run.ended - run.began)


def test_a_meter_that_stays_awake_is_asked_every_minute_and_no_longer_waited_for() -> None:
    runner = gas_meter()
    took(runner, SUCCESS)

    assert took(runner, SUCCESS) < minutes(2)
    assert took(runner, SUCCESS) < minutes(2)
    assert minutes(3) < took(runner, WRONG_RECIPIENT) < minutes(4)


def test_its_sleep_is_tried_while_nobody_asks_it_to_stay_awake() -> None:
    runner = gas_meter()
    took(runner, SUCCESS)
    took(runner, SUCCESS)

    assert took(runner, FETCHES) > minutes(20)
    assert Check.SLEEPS in AT_ITS_OWN_PACE


def test_a_meter_that_misses_its_wake_is_waited_for_until_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    runner = gas_meter()
    took(runner, SUCCESS)
    took(runner, SUCCESS)
    wakes_late(monkeypatch, minutes(25))

    assert took(runner, SUCCESS) > minutes(5)
    assert took(runner, WRONG_MAC) > minutes(20)


def test_a_meter_that_does_not_stay_awake_is_waited_for_as_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wakes_late(monkeypatch, minutes(8))
    runner = gas_meter()
    took(runner, SUCCESS)
    took(runner, SUCCESS)

    assert took(runner, SUCCESS) > minutes(8)
    assert took(runner, WRONG_RECIPIENT) > minutes(40)


def wakes_late(monkeypatch: pytest.MonkeyPatch, by: Duration) -> None:
    """Let meters with a mirror come later than they should."""
    usual = vars(MirrorClient)["deadline"].fget

    def late(client: MirrorClient) -> Instant | None:
        due: Instant | None = usual(client)
        asleep = client.phase is Phase.ASLEEP and client.configured
        return later(due, by) if asleep and due is not None else due

    monkeypatch.setattr(MirrorClient, "deadline", property(late))
