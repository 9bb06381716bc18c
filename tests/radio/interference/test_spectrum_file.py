from math import log10
from pathlib import Path

import pytest

from emulator.kernel.errors import UsageError
from emulator.radio.interference.spectra import MeasuredSpectrum
from emulator.radio.interference.spectrum_file import read_spectrum


def spectrum(folder: Path, text: str, resolution: float = 100e3) -> MeasuredSpectrum:
    (folder / "s.csv").write_text(text)
    return read_spectrum(folder / "s.csv", resolution)


def test_channel_power_is_ten_log_of_bandwidth_over_rbw_above_the_trace(tmp_path: Path) -> None:
    flat = spectrum(tmp_path, "freq_hz,dbm\n2.4e9,-100\n2.44e9,-100\n2.48e9,-100\n")

    assert 10 * log10(flat.power_between(2.42e9, 2.422e9)) == pytest.approx(-100 + 13.01, abs=0.01)


def test_wider_noise_bandwidth_means_less_density(tmp_path: Path) -> None:
    narrow = spectrum(tmp_path, "freq_hz,dbm\n1e9,-90\n2e9,-90\n")
    wide = read_spectrum(tmp_path / "s.csv", 100e3, 1.1)

    assert wide.power == pytest.approx(narrow.power / 1.1)


def test_every_wrong_row_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refusal:
        spectrum(
            tmp_path,
            "freq_hz,dbm\n1e9,-90\n1e9,-90\n2e9,much\n3e9,-90,5\n4e9,900\n5e9,-90\n"
            + "9" * 200_000,
        )

    name = tmp_path / "s.csv"
    assert refusal.value.problems == (
        f"{name}:3: 1e+09 Hz: expected more than the row before",
        f"{name}:4: '2e9,much': expected two numbers, Hz and dBm",
        f"{name}:5: '3e9,-90,5': expected two numbers, Hz and dBm",
        f"{name}:6: expected 0 to 100 GHz, and -250 to 60 dBm",
        f"{name}:8: '{'9' * 60}': expected two numbers, Hz and dBm",
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "expected the header freq_hz,dbm"),
        ("f,a\n1,2\n", "expected the header freq_hz,dbm"),
        ("freq_hz,dbm\n1e9,-90\n", "1 points: expected two at least"),
    ],
)
def test_file_that_is_no_spectrum_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(UsageError, match=problem):
        spectrum(tmp_path, text)


def test_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        read_spectrum(tmp_path / "none.csv", 1e5)
    (tmp_path / "s.csv").write_bytes(b"\xff")
    with pytest.raises(UsageError, match="no UTF-8"):
        read_spectrum(tmp_path / "s.csv", 1e5)
