"""The files that tell what came of a campaign, written together from one document."""

import json
from collections.abc import Sequence
from pathlib import Path

from emulator.bench.campaigns.campaign import Campaign
from emulator.bench.campaigns.results import CaseResult
from emulator.bench.report.campaign_document import report_document
from emulator.bench.report.html import render_campaign
from emulator.bench.report.junit import junit_document
from emulator.kernel.errors import EnvironmentFault
from emulator.lab.kept.output_directory import JUNIT, REPORT_HTML, REPORT_JSON


def write_reports(
    out: Path,
    campaign: Campaign,
    results: Sequence[CaseResult],
    allure: Path | None = None,
) -> str:
    """Write every report, and give the text of report.json.

    Args:
        out: folder of the campaign.
        campaign: that was run.
        results: of every case, in the order in which they were planned.
        allure: folder for Allure results, where they are wanted.

    Raises:
        EnvironmentFault: when a file cannot be written, or the library for Allure is not there.
    """
    document = report_document(campaign, results)
    text = json_text(document)
    write_text(out / REPORT_JSON, text)
    write_text(out / JUNIT, junit_document(document, results))
    write_text(out / REPORT_HTML, render_campaign(document, results))
    if allure is not None:
        from emulator.bench.report.allure_results import write_allure  # noqa: PLC0415 - an extra

        write_allure(allure, document, results)
    return text


def json_text(document: object) -> str:
    """A document as the text of a file."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def write_text(path: Path, text: str) -> None:
    """Write a file.

    Raises:
        EnvironmentFault: when it cannot be written.
    """
    try:
        path.write_text(text, "utf-8", errors="backslashreplace")
    except OSError as fault:
        raise EnvironmentFault(f"{path}: {fault.strerror}") from fault
