import pytest

from emulator.gbcs.meaning.times import utc


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "now"), (0xFFFFFFFF, "never"), (1, "2000-01-01 00:00:01 UTC")],
)
def test_seconds_since_2000_are_a_date(seconds: int, text: str) -> None:
    assert utc(seconds) == text
