"""How long the bench waits: what no source proves says so."""

from emulator.bench.running.settings import BenchSettings
from emulator.kernel.units import minutes


def test_a_sleepy_meter_gets_longer_than_the_half_hour_it_sleeps() -> None:
    settings = BenchSettings()

    assert settings.sleepy_answer > minutes(30)
    assert settings.answer < settings.sleepy_answer
