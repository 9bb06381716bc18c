from emulator.rf_noise.mistakes import Mistakes
from emulator.rf_noise.traces.keysight import is_keysight, read_keysight

FILE = """Trace
Swept SA
A.28.05,N9020B
Average Type,{}
RBW,100000
Detector,Average,Peak
Y Axis Unit,dBm
DATA
863000000,-100.5,-90.5
863100000,-100.0,-90.0
"""


def drafts(average: str) -> list[str]:
    found = read_keysight(FILE.format(average).split("\n"), Mistakes("t.csv"))
    return [draft.words["detector"].text for draft in found]


def test_average_of_power_is_rms_and_each_column_has_its_detector() -> None:
    assert drafts("Power(RMS)") == ["rms", "Peak"]


def test_average_of_logarithms_stays_an_average() -> None:
    assert drafts("LogPower(Video)") == ["Average", "Peak"]


def test_the_instrument_is_named() -> None:
    first, _ = read_keysight(FILE.split("\n"), Mistakes("t.csv"))

    assert first.instrument == "N9020B"


def test_file_is_known_by_its_line_data() -> None:
    assert is_keysight(["Trace", "DATA,,"])
    assert not is_keysight(["Trace", "1,2"])
