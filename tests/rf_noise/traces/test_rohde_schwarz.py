from emulator.rf_noise.mistakes import Mistakes
from emulator.rf_noise.traces.rohde_schwarz import is_rohde_schwarz, read_rohde_schwarz

FILE = """Type;FSW-26;
RBW;100000,0;Hz
Trace 3;;
Trace Mode;MAXHOLD;
Detector;AUTOPEAK;
Values;2;
863000000,0;-10,3;-15,7
863050000,0;-11,5;-16,9;

Trace 4;;
Detector;RMS;
Values;1;
863000000,0;-20,0;
"""


def test_each_trace_has_its_own_settings_and_those_of_the_header() -> None:
    third, fourth = read_rohde_schwarz(FILE.split("\n"), Mistakes("t.dat"))

    assert (third.name, fourth.name) == ("Trace 3", "Trace 4")
    assert third.words["detector"].text == "AUTOPEAK"
    assert fourth.words["detector"].text == "RMS"
    assert third.words["rbw"].text == fourth.words["rbw"].text == "100000,0"


def test_auto_peak_gives_the_higher_of_its_two_levels() -> None:
    third, _ = read_rohde_schwarz(FILE.split("\n"), Mistakes("t.dat"))

    assert third.points == [(7, "863000000,0", "-10,3"), (8, "863050000,0", "-11,5")]


def test_file_is_known_by_its_first_line_or_by_values() -> None:
    assert is_rohde_schwarz(["Type;FSP;"])
    assert is_rohde_schwarz(["x", "Values;5"])
    assert not is_rohde_schwarz(["frequency_hz,level_dbm"])
