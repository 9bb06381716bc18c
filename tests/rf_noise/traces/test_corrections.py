from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.kernel.errors import UsageError
from emulator.rf_noise.traces.corrections import Corrections, MeasuredPath, read_touchstone
from tests.rf_noise.traces.spectra import flat

GOLDEN = Path(__file__).parents[2] / "data/traces"


def test_cable_loss_is_added_and_gain_taken_off() -> None:
    corrected = Corrections(cable_loss=1.5, amplifier_gain=20).applied(flat(868e6, 869e6, -80))

    assert corrected.levels == pytest.approx(np.full(21, -98.5))


def test_s21_of_a_touchstone_file_is_taken_off_at_each_frequency() -> None:
    path = read_touchstone(GOLDEN / "chas-path.s2p")

    corrected = Corrections(paths=(path,)).applied(flat(868e6, 872e6, -80))

    # the file has -1.36 dB at 860 MHz and -1.38 dB at 880 MHz
    assert corrected.levels[0] == pytest.approx(-80 + 1.368)
    assert path.parameter == "S21"


def test_what_a_mismatched_port_reflects_is_added() -> None:
    path = read_touchstone(GOLDEN / "chas-port.s1p")

    # return loss 10 dB: a tenth is reflected
    assert path.gain[0] == pytest.approx(10 * np.log10(0.9))


def test_path_that_does_not_cover_the_trace_is_refused() -> None:
    path = MeasuredPath("p.s2p", "S21", np.array([900e6, 910e6]), np.array([-1.0, -1.0]))

    with pytest.raises(UsageError, match="do not cover made"):
        Corrections(paths=(path,)).applied_to_all([flat(868e6, 869e6, -80)])


def test_corrections_say_what_they_are() -> None:
    path = read_touchstone(GOLDEN / "chas-path.s2p")

    words = Corrections(1.5, 20, (path,)).words

    assert words[:2] == ("+1.5 dB loss of cables", "-20 dB gain of amplifiers")
    assert words[2].startswith("S21 of ")


@pytest.mark.parametrize(
    ("name", "text", "rule"),
    [
        ("p.txt", "", "expected a Touchstone file"),
        ("p.s2p", "", "Touchstone|ports|rising"),
        ("p.s2p", "# MHz S DB R 50\n1 2 3\n", "p.s2p"),
        ("p.s1p", "# MHz S DB R 50\n2 -10 0\n1 -10 0\n", "rising"),
        ("p.s1p", "# MHz S DB R 50\n1 0 0\n2 0 0\n", "passes nothing"),
        ("p.s2p", "nonsense\n", "Touchstone"),
    ],
)
def test_bad_touchstone_is_refused(tmp_path: Path, name: str, text: str, rule: str) -> None:
    (tmp_path / name).write_text(text)

    with pytest.raises(UsageError, match=rule):
        read_touchstone(tmp_path / name)


def test_touchstone_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.s2p: No such file"):
        read_touchstone(tmp_path / "none.s2p")


@given(st.text("# MHzSDBR50-.e!\n 1", max_size=60))
@settings(max_examples=25)
def test_any_text_is_a_path_or_a_usage_error(text: str) -> None:
    with TemporaryDirectory() as folder, suppress(UsageError):
        path = Path(folder) / "p.s1p"
        path.write_text(text)
        read_touchstone(path)
