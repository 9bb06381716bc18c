import pytest

from emulator.rf_noise.mistakes import Mistakes
from emulator.rf_noise.traces.draft import Draft, Word, judge
from emulator.rf_noise.traces.numbers import Decimal
from emulator.rf_noise.traces.trace import Detector

WORDS = {
    "rbw": Word("100 kHz", 1),
    "detector": Word("RMS", 2),
    "frequency unit": Word("MHz", 3),
    "level unit": Word("dBm", 4),
}
POINTS = [(6, "868.0", "-100.5"), (7, "868.1", "-99.5")]


def draft(points: list[tuple[int, str, str]] = POINTS, **words: Word | None) -> Draft:
    settled = {**WORDS, **{name.replace("_", " "): word for name, word in words.items()}}
    kept = {name: word for name, word in settled.items() if word is not None}
    return Draft("Trace 1", 5, "an analyser", Decimal.POINT, kept, points)


def problems(found: Draft) -> tuple[str, ...]:
    mistakes = Mistakes("t.csv")
    assert judge(found, mistakes) is None
    return mistakes.problems


def test_draft_becomes_a_trace_in_hz_and_dbm() -> None:
    trace = judge(draft(), Mistakes("t.csv"))

    assert trace is not None
    assert list(trace.frequencies) == pytest.approx([868e6, 868.1e6])
    assert list(trace.levels) == [-100.5, -99.5]
    assert (trace.rbw, trace.detector, trace.instrument) == (1e5, Detector.RMS, "an analyser")


def test_density_becomes_power_in_the_noise_bandwidth() -> None:
    trace = judge(draft(level_unit=Word("dBm/Hz", 4), filter=Word("Noise", 4)), Mistakes("t.csv"))

    assert trace is not None
    assert list(trace.levels) == pytest.approx([-50.5, -49.5])


def test_without_rbw_there_is_no_power_in_a_channel() -> None:
    assert problems(draft(rbw=None)) == (
        "t.csv:5: Trace 1 has no RBW: power in a channel depends on it",
    )


def test_falling_and_equal_frequencies_are_refused_with_their_row() -> None:
    points = [(6, "868.1", "-100"), (7, "868.1", "-99"), (8, "868.0", "-99")]

    told = problems(draft(points))

    assert [line.split(": ")[0] for line in told] == ["t.csv:7", "t.csv:8"]
    assert all("expected rising frequencies" in line for line in told)


def test_level_with_a_lost_comma_is_refused() -> None:
    assert problems(draft([(6, "868.0", "-1005"), (7, "868.1", "-99")])) == (
        "t.csv:6: level -1005: expected -250 to 200; a decimal comma that was lost?",
    )


def test_every_mistake_of_a_draft_is_told_at_once() -> None:
    told = problems(
        draft(
            [(6, "868.0", "x"), (7, "-1", "-99")],
            rbw=Word("wide", 1),
            vbw=Word("0", 1),
            detector=Word("eye", 2),
            filter=Word("brick", 2),
            frequency_unit=Word("s", 3),
            level_unit=Word("V", 4),
        )
    )

    assert len(told) == 8


def test_missing_units_are_refused() -> None:
    assert len(problems(draft(frequency_unit=None, level_unit=None))) == 2


def test_one_point_is_no_trace() -> None:
    assert problems(draft(POINTS[:1])) == ("t.csv:5: Trace 1 has 1 points: expected 2 or more",)
