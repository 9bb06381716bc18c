"""The report of an event."""

from pathlib import Path

from emulator.bench.interoperability.device_sets import device_set
from emulator.bench.interoperability.event import (
    NO_CERTIFICATION,
    Activity,
    DeviceSet,
    Event,
    Meeting,
    Met,
)
from emulator.bench.interoperability.event_report import event_document, event_page, overall
from emulator.lab.kept.result import Verdict

RED = DeviceSet("red <1>", device_set("uept-smets2", Path("none")))
EVENT = Event(name="Plug & play", source="e.toml", sets=(RED,))
MEETING = Meeting(Activity.CONNECTIVITY, RED, RED, ("CHF", "ESME"))


def test_the_gravest_verdict_is_that_of_the_event() -> None:
    good, bad = Met(MEETING, Verdict.PASS), Met(MEETING, Verdict.FAIL)
    away = Met(MEETING, Verdict.NOT_APPLICABLE)

    assert overall([good, away]) is Verdict.PASS
    assert overall([good, bad]) is Verdict.FAIL
    assert overall([away]) is Verdict.INCONCLUSIVE


def test_both_reports_say_that_nothing_is_certified() -> None:
    results = [Met(MEETING, Verdict.FAIL, "ESME joins: <not> within 5 min", 3)]

    document, page = event_document(EVENT, results), event_page(EVENT, results)

    assert document["certification"] == NO_CERTIFICATION
    assert NO_CERTIFICATION in page
    assert "No certification" in page


def test_a_meeting_is_told_with_roles_sets_and_reason() -> None:
    results = [Met(MEETING, Verdict.FAIL, "ESME joins: not within 5 min", 3)]

    (row,) = event_document(EVENT, results)["meetings"]

    assert (row["roles"], row["first"], row["verdict"]) == (["CHF", "ESME"], "red <1>", "fail")
    assert row["detail"] == "ESME joins: not within 5 min"


def test_names_are_text_in_the_page() -> None:
    page = event_page(EVENT, [Met(MEETING, Verdict.PASS)])

    assert "Plug &amp; play" in page
    assert "red &lt;1&gt;" in page
    assert "<1>" not in page
