"""The page of a comparison."""

from pathlib import Path
from typing import Any

from emulator.bench.campaigns.results import CaseResult
from emulator.bench.report.comparison import compared, comparison_document
from emulator.bench.report.comparison_page import comparison_page


def document(before: str, after: str, reason: str = "") -> dict[str, Any]:
    first, second = (
        [
            CaseResult(
                device=device,
                case="ESME/0027/ECS17b/success",
                repeat=0,
                clause="GBCS 7.2",
                verdict=verdict,
                reason=reason,
            )
        ]
        for device, verdict in (("emulated", before), ("real", after))
    )
    return comparison_document(compared(first, second), Path("monday"), Path("today"))


def test_it_tells_what_became_worse_and_who_stands_for_whom() -> None:
    page = comparison_page(document("pass", "fail", "no answer"))

    assert "Regressions" in page
    assert "real stands for emulated" in page
    assert "no answer" in page
    assert "Worse" in page


def test_it_says_when_nothing_is_otherwise() -> None:
    assert "Every case came out alike" in comparison_page(document("pass", "pass"))


def test_hostile_texts_stay_texts() -> None:
    assert "<img" not in comparison_page(document("pass", "fail", "<img src=x>"))
