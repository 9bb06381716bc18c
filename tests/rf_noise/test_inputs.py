import shutil
from pathlib import Path
from typing import Any

import pytest

from emulator.kernel.errors import UsageError
from emulator.lab.inputs.scenario_files import INSTALLED
from emulator.rf_noise.device_under_test import Dut
from emulator.rf_noise.inputs import CheckRequest, check_inputs

GOLDEN = Path(__file__).parents[1] / "data/traces"
KEYSIGHT = GOLDEN / "keysight-2400.csv"
EXAMPLE = INSTALLED / "rf_noise/EXAMPLE-NOT-ICHIS.toml"


def problems(**request: Any) -> tuple[str, ...]:
    with pytest.raises(UsageError) as refusal:
        check_inputs(CheckRequest(**{"traces": (KEYSIGHT,), **request}))
    return refusal.value.problems


def test_request_becomes_a_check(tmp_path: Path) -> None:
    inputs = check_inputs(
        CheckRequest(
            traces=(KEYSIGHT,),
            limits=EXAMPLE,
            chas="EXAMPLE-CHAS-1",
            dut="hot-shoe",
            cable_loss=2.0,
            gain=22.0,
            duty=0.5,
            repetition="20 us",
            assignments=("population.homes=50",),
            out=tmp_path / "out",
        )
    )

    assert inputs.setup.dut is Dut.HOT_SHOE
    assert inputs.traces[0].levels.max() == pytest.approx(-96.46 - 20)
    assert inputs.gate.repetition == pytest.approx(20e-6)
    assert inputs.settings.population.homes == 50
    assert [Path(file.path).name for file in inputs.files] == [KEYSIGHT.name, EXAMPLE.name]
    assert not (tmp_path / "out").exists()


def test_measured_path_is_taken_off() -> None:
    bare = check_inputs(CheckRequest(traces=(KEYSIGHT,)))
    corrected = check_inputs(CheckRequest(traces=(KEYSIGHT,), paths=(GOLDEN / "chas-path.s2p",)))

    assert (corrected.traces[0].levels - bare.traces[0].levels).min() > 2.8


@pytest.mark.parametrize(
    ("request_", "rule"),
    [
        ({"dut": "GSME"}, "H14.46"),
        ({"chas": "NEW-ONE"}, "App. J 14.3"),
        ({"consent": "A. Maker"}, "--consent without --chas"),
        ({"limits": EXAMPLE}, "expected --chas ID"),
        ({"limits": EXAMPLE, "chas": "EXAMPLE-CHAS-9"}, "App. J 14.3"),
        ({"duty": 0.0}, "--duty 0"),
        ({"repetition": "soon"}, "--repetition soon"),
        ({"repetition": "0 us"}, "--repetition"),
        ({"cable_loss": -1.0}, "--cable-loss -1"),
        ({"gain": 1e9}, "--gain 1e+09"),
        ({"assignments": ("link.colour=red",)}, "link has no colour"),
        ({"assignments": ("link.octets=9999",)}, "link.octets is 9999"),
        ({"paths": (GOLDEN / "none.s2p",)}, "none.s2p"),
        ({"limits": GOLDEN / "none.toml"}, "none.toml"),
    ],
)
def test_mistake_is_refused(request_: dict[str, Any], rule: str) -> None:
    assert any(rule in line for line in problems(**request_))


def test_every_mistake_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text("f_hz,l_dbm\n1,2\n")
    (tmp_path / "two.csv").write_text("")
    (tmp_path / "l.toml").write_text("x = 1\n")

    told = problems(
        traces=(tmp_path / "one.csv", tmp_path / "two.csv"),
        limits=tmp_path / "l.toml",
        dut="IHD",
        chas="NEW-ONE",
        duty=2.0,
    )

    for word in ("one.csv:1", "two.csv:1", "l.toml:1", "--dut IHD", "--chas NEW-ONE", "--duty 2"):
        assert any(word in line for line in told), word


def test_span_that_misses_every_band_is_refused(tmp_path: Path) -> None:
    text = "# rbw: 100 kHz\nf_mhz,l_dbm\n100,-90\n200,-90\n"
    (tmp_path / "fm.csv").write_text(text)

    (told,) = problems(traces=(tmp_path / "fm.csv",))

    assert told.startswith(f"{tmp_path}/fm.csv:2: l_dbm spans 100 to 200 MHz and misses every band")


def test_path_that_does_not_cover_a_trace_is_refused(tmp_path: Path) -> None:
    (tmp_path / "p.s2p").write_text(
        "# MHz S DB R 50\n800 -20 0 -1 0 -1 0 -20 0\n900 -20 0 -1 0 -1 0 -20 0\n"
    )

    assert "do not cover Trace1" in problems(paths=(tmp_path / "p.s2p",))[0]


def test_folder_of_others_is_refused(tmp_path: Path) -> None:
    shutil.copy(KEYSIGHT, tmp_path)

    assert "not written by hanlab" in problems(out=tmp_path)[0]
