import hashlib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.errors import UsageError
from emulator.lab.inputs.scenario_files import INSTALLED
from emulator.rf_noise.limits.limits import DecisionRule
from emulator.rf_noise.limits.limits_file import parse_limits, read_limits

EXAMPLE = INSTALLED / "rf_noise/EXAMPLE-NOT-ICHIS.toml"
TEXT = EXAMPLE.read_text()
HEAD = 'schema = 1\nid = "X"\nichis_version = "2.0"\ndecision_rule = "simple"\n'
BAND = """
[[band]]
name = "868 MHz"
from_hz = 863e6
to_hz = 876e6
unit = "dBm"
rbw_hz = 100e3
detector = "rms"
mask = [[863e6, -90], [876e6, -90]]
"""
GOOD = HEAD + "measurement_uncertainty_db = 1\n" + BAND


def problems(text: str) -> tuple[str, ...]:
    with pytest.raises(UsageError) as refusal:
        parse_limits("l.toml", text.encode())
    return refusal.value.problems


def test_example_says_that_it_is_made_up() -> None:
    limits = read_limits(EXAMPLE)

    assert limits.fictitious
    assert not limits.verified
    assert limits.notices == (
        "EXAMPLE-NOT-ICHIS: the limits are made up, and say nothing about any device",
    )


def test_example_has_the_four_bands_and_its_digest() -> None:
    limits = read_limits(EXAMPLE)

    assert {band.name for band in limits.bands} == {"423 MHz", "868 MHz", "900 MHz", "2.4 GHz"}
    assert limits.sha256 == hashlib.sha256(EXAMPLE.read_bytes()).hexdigest()
    assert limits.rule is DecisionRule.GUARD_BAND
    assert [chas.listed for chas in limits.chas] == [True, False]


def test_guard_band_is_the_uncertainty_unless_told() -> None:
    limits = parse_limits("l.toml", GOOD.replace("_db = 1", "_db = 2.5").encode())

    assert (limits.guard_band, limits.rule) == (2.5, DecisionRule.SIMPLE)
    assert limits.notices == ("X: nobody compared these limits with their source",)


@pytest.mark.parametrize(
    ("old", "new", "row", "rule"),
    [
        ("[863e6, -90]", "[864e6, -90]", 14, "a gap from 863000000 to 864000000 Hz"),
        ("[876e6, -90]", "[875e6, -90]", 14, "a gap from 875000000 to 876000000 Hz"),
        ("[876e6, -90]", "[877e6, -90]", 14, "reaches beyond its band"),
        ("[876e6, -90]", "[876e6, -90], [870e6, -90]", 14, "expected rising frequencies"),
        ("[863e6, -90], ", "", 14, "mask of 1 points"),
        ("[863e6, -90]", '["863e6", -90]', 14, "expected [frequency, limit]"),
        ("from_hz = 863e6", "from_hz = 880e6", 9, "expected rising edges"),
        ('"868 MHz"', '"5 GHz"', 8, "expected one of 423 MHz"),
        ('unit = "dBm"', 'unit = "V"', 11, "expected dBm"),
        ('detector = "rms"', 'detector = "eye"', 13, "expected rms"),
        ("rbw_hz = 100e3", "rbw_hz = 0", 12, "expected a bandwidth"),
        ("rbw_hz = 100e3\n", "", 7, "rbw_hz is missing"),
        ("schema = 1", "schema = 2", 1, "expected 1"),
        ("schema = 1", 'schema = "1"', 1, "expected a whole number"),
        ('"simple"', '"lenient"', 4, "expected simple or guard-band"),
        ("_uncertainty_db = 1", "_uncertainty_db = -1", 5, "expected 0 to 30 dB"),
        ('id = "X"', 'id = "X"\nverified = true', 3, "without source_url"),
        ('id = "X"', 'id = "X"\nsha256_of_source = "ab"', 3, "64 lower-case hex"),
        ('id = "X"', 'id = "X"\ncolour = "red"', 3, "unknown key 'colour'"),
        ('unit = "dBm"', 'unit = "dBm"\nport = "air"', 12, "expected one of chas, radiated"),
    ],
)
def test_bad_file_is_refused_with_row_and_rule(old: str, new: str, row: int, rule: str) -> None:
    assert old in GOOD

    told = problems(GOOD.replace(old, new))

    assert any(line.startswith(f"l.toml:{row}: ") and rule in line for line in told), told


def test_crossing_bands_are_refused() -> None:
    (told,) = problems(GOOD + BAND)

    assert told.startswith("l.toml:18: band 868 MHz, 863 to 876 MHz, crosses band 868 MHz, 863 to")


def test_every_mistake_is_told_at_once() -> None:
    told = problems(GOOD.replace('"dBm"', '"V"').replace("100e3", "-1").replace('"X"', "5"))

    assert len(told) == 3


def test_two_chas_of_one_name_are_refused() -> None:
    assert "two CHAS" in problems(GOOD + '[[chas]]\nid = "A"\n[[chas]]\nid = "A"\n')[0]


@pytest.mark.parametrize("text", ["", "=", "band = 5", "[band]", "[[band]]", "band = []", "\xff"])
def test_what_is_no_limits_file_is_refused(text: str) -> None:
    assert problems(text)[0].startswith("l.toml:")


@given(st.integers(0, len(TEXT)), st.text(max_size=5), st.integers(0, 60))
def test_damaged_file_is_limits_or_a_usage_error(at: int, there: str, cut: int) -> None:
    with suppress(UsageError):
        parse_limits("l.toml", (TEXT[:at] + there + TEXT[at + cut :]).encode())


def test_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.toml"):
        read_limits(tmp_path / "none.toml")
