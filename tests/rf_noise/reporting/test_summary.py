import io
from pathlib import Path

from rich.console import Console

from emulator.rf_noise.findings import Findings, examine
from emulator.rf_noise.reporting.summary import print_summary
from tests.rf_noise.checks import check_of
from tests.rf_noise.reporting.test_document import failed
from tests.rf_noise.traces.spectra import flat


def told(findings: Findings) -> str:
    out = io.StringIO()
    print_summary(findings, Console(file=out, width=80), Path("x/report.html"))
    return out.getvalue()


def test_summary_fits_80_columns_and_ends_in_verdict_and_report() -> None:
    text = told(failed())

    assert "…" not in text
    assert "FAIL  RF noise of Communications Hub Hot Shoe, CHAS ONE" in text
    assert text.rstrip().endswith("report: x/report.html")


def test_summary_shows_margin_worst_channel_and_homes() -> None:
    text = told(failed())

    assert "-10.0 dB" in text
    assert "page 28 channel" in text or "page 29 channel" in text or "page 30 channel" in text
    assert "any of them" not in text  # 2.4 GHz was not measured
    assert "GSME, 868 MHz" in text
    assert "warning: EXAMPLE: the limits are made up" in text


def test_summary_says_what_was_not_measured() -> None:
    text = told(examine(check_of(flat(2404.9e6, 2405.1e6, -100))))

    assert text.count("not measured") == 4
    assert "no limits" in text
