from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from emulator.kernel.errors import UsageError
from emulator.rf_noise.traces.reading import parse_traces, read_traces
from emulator.rf_noise.traces.trace import Detector, Trace, TraceMode

GOLDEN = Path(__file__).parents[2] / "data/traces"
GENERIC = (
    "# rbw = 100 kHz\n# detector: rms\nfrequency_hz,level_dbm\n868000000,-100\n868050000,-99\n"
)
SEEDS = [path.read_bytes()[:1500] for path in sorted(GOLDEN.iterdir())] + [GENERIC.encode()]


def problems(text: str) -> tuple[str, ...]:
    with pytest.raises(UsageError) as refusal:
        parse_traces("t.csv", text.encode())
    return refusal.value.problems


def test_two_traces_of_an_fsw_with_decimal_commas() -> None:
    first, second = read_traces(GOLDEN / "rohde-schwarz-868.dat")

    assert (first.detector, first.mode) == (Detector.RMS, TraceMode.AVERAGE)
    assert (second.detector, second.mode) == (Detector.PEAK, TraceMode.MAX_HOLD)
    assert first.span == second.span == (863e6, 876e6)
    assert (first.rbw, first.vbw, first.instrument) == (1e5, 1e6, "FSW-26")
    assert first.levels.max() == -88.5
    assert len(first.levels) == len(second.levels) == 261


def test_trace_of_an_older_analyser_with_decimal_points() -> None:
    (trace,) = read_traces(GOLDEN / "rohde-schwarz-423.csv")

    assert (trace.rbw, trace.span, trace.name) == (1e4, (421e6, 425e6), "Trace 1")
    assert trace.levels.mean() == pytest.approx(-122, abs=0.1)


def test_two_traces_in_columns_of_a_keysight_file() -> None:
    first, second = read_traces(GOLDEN / "keysight-2400.csv")

    assert (first.detector, second.detector) == (Detector.RMS, Detector.PEAK)
    assert (first.name, second.name) == ("Trace1", "Trace2")
    assert (second.levels - first.levels).mean() == pytest.approx(11, abs=0.01)
    assert (first.instrument, first.filter_name) == ("N9020B", "Gaussian, 3 dB")


def test_generic_file_in_mhz_and_dbuv() -> None:
    (trace,) = read_traces(GOLDEN / "generic-900.csv")

    assert trace.span == (925e6, 960e6)
    assert trace.levels.mean() == pytest.approx(-110, abs=0.1)
    assert trace.instrument == "generic analyser"


def test_generic_file_with_semicolons_and_decimal_commas() -> None:
    text = "# rbw_hz = 100000\nf_mhz;level_dbm\n868,00;-100,5\n868,05;-99,5\n"

    (trace,) = parse_traces("t.csv", text.encode())

    assert list(trace.levels) == [-100.5, -99.5]


@pytest.mark.parametrize(
    ("text", "row", "rule"),
    [
        (GENERIC.replace("# rbw = 100 kHz\n", ""), 2, "no RBW"),
        (GENERIC.replace("868050000", "867000000"), 5, "expected rising frequencies"),
        (GENERIC.replace("-99", "-99,5"), 5, "3 fields, 2 in the header; a decimal comma?"),
        (GENERIC.replace("-99", "99 dBuV"), 5, "is no number"),
        (GENERIC.replace("level_dbm", "level"), 3, "no unit of level"),
        (GENERIC.replace("frequency_hz", "f"), 3, "no unit of frequency"),
        ("868000000,-100\n868050000,-99\n", 1, "no header"),
        ("# rbw: 1 kHz\nf_hz,a_dbm,b_dbuv\n1,2,3\n2,3,4\n", 2, "dBm and dBuV: expected one unit"),
        ("f_hz\n1\n", 1, "one column"),
        ("", 1, "no header and no points"),
        ("a\0b", 1, "no text"),
        ("Type;FSP;\nRBW;1000;Hz\n", 1, "no line Values;N"),
        ("Type;FSP;\nRBW;1000;Hz\nValues;3;\n1;-5;\n2;-5;\n", 3, "but 2 points follow"),
        ("Type;FSP;\nRBW;1000;Hz\nValues;many;\n1;-5;\n2;-5;\n", 3, "a whole number"),
        ("Type;FSP;\nRBW;1000;Hz\nValues;2;\n1;2;3;4;\n2;-5;\n", 4, "4 fields"),
        ("Type;F;\nRBW;9;kHz\nValues;2;\n1,5;-9,5\n2,5;-8.5\n", 5, "other numbers of this file"),
        ("RBW,1000\nY Axis Unit,dBm\nDATA\n", 3, "no points after DATA"),
        ("RBW,1000\nY Axis Unit,dBm\nDATA\n1,-5\n2,-5,3\n", 5, "a decimal comma?"),
        ("Number of Points,5\nRBW,9\nY Axis Unit,dBm\nDATA\n1,-5\n2,-5\n", 1, "but 2 follow"),
    ],
)
def test_bad_file_is_refused_with_row_and_rule(text: str, row: int, rule: str) -> None:
    told = problems(text)

    assert any(line.startswith(f"t.csv:{row}: ") and rule in line for line in told), told


def test_traces_of_one_file_in_two_units_are_refused() -> None:
    block = "y-Unit;{};\nRBW;1000;Hz\nValues;2;\n1;-5;\n2;-5;\n"

    told = problems("Type;FSW;\n" + block.format("dBm") + block.format("dBuV"))

    assert told == ("t.csv:7: levels in dbm and dbuv: expected one unit in a file",)


def test_every_mistake_of_a_file_is_told_at_once() -> None:
    text = "# detector: eye\nfrequency_hz,level_dbm\n868000000,-100\n867000000,9999\n"

    assert len(problems(text)) == 3


def test_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.csv"):
        read_traces(tmp_path / "none.csv")


@given(st.binary(max_size=300))
def test_any_octets_are_traces_or_a_usage_error(octets: bytes) -> None:
    _read(octets)


@given(st.sampled_from(SEEDS), st.integers(0, 1499), st.binary(max_size=4), st.integers(0, 40))
@example(b"DATA", 0, b"", 0)
@example(b"Values;0", 0, b"", 0)
def test_damaged_files_are_traces_or_a_usage_error(
    seed: bytes, at: int, there: bytes, cut: int
) -> None:
    _read(seed[:at] + there + seed[at + cut :])


def _read(octets: bytes) -> None:
    traces: tuple[Trace, ...] = ()
    with suppress(UsageError):
        traces = parse_traces("t.csv", octets)
    assert all(len(trace.levels) == len(trace.frequencies) >= 2 for trace in traces)
