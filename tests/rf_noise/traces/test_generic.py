from emulator.rf_noise.mistakes import Mistakes
from emulator.rf_noise.traces.generic import read_generic


def test_settings_stand_in_comments_however_they_are_written() -> None:
    lines = ["# RBW: 10 kHz", "! vbw_khz = 30", "#detector;RMS", "f_hz\tl_dbm", "1\t-5"]

    (draft,) = read_generic(lines, Mistakes("t.csv"))

    assert draft.words["rbw"].text == "10 kHz"
    assert (draft.words["vbw"].text, draft.words["vbw"].unit) == ("30", "khz")
    assert draft.words["detector"].text == "RMS"
    assert draft.points == [(5, "1", "-5")]


def test_every_column_of_levels_is_a_trace() -> None:
    lines = ["# rbw: 1 kHz", "f_hz,quiet_dbm,loud_dbm", "1,-5,-4"]

    first, second = read_generic(lines, Mistakes("t.csv"))

    assert (first.name, second.name) == ("quiet_dbm", "loud_dbm")
    assert second.points == [(3, "1", "-4")]
