from datetime import UTC, datetime, timedelta

import pytest

from emulator.dcc.wan_coverage import (
    CoverageAnswer,
    CoverageDatabase,
    CoverageTargets,
    CspRegion,
    InstallAndLeave,
    Likelihood,
    Visit,
)
from emulator.kernel.errors import LocalError
from emulator.kernel.settings import unverified

START = datetime(2026, 1, 5, tzinfo=UTC)
HOME = "100012345678"
YES = CoverageAnswer(
    region=CspRegion.NORTH, available=True, technology="LRR", likelihood=Likelihood.HIGH
)
NO = CoverageAnswer(region=CspRegion.NORTH, available=False, likelihood=Likelihood.LOW)


@pytest.mark.parametrize(
    ("answer", "covered", "visit"),
    [
        (YES, True, Visit.CONNECTED),
        (YES, False, Visit.REACTIVE),
        (NO, False, Visit.PROACTIVE),
        (NO, True, Visit.CONNECTED),
    ],
)
def test_what_is_met_depends_on_the_answer_and_on_the_truth(
    answer: CoverageAnswer, covered: bool, visit: Visit
) -> None:
    database = CoverageDatabase()
    database.record(HOME, answer)
    database.set_truth(HOME, covered=covered)

    assert database.visit(HOME) is visit


def test_the_database_is_right_where_nobody_says_otherwise() -> None:
    database = CoverageDatabase()
    database.record(HOME, NO, YES)

    assert database.covered(HOME)
    assert database.answer(HOME) == (NO, YES)
    assert database.answer("1") == ()
    assert not database.covered("1")


@pytest.mark.parametrize(
    "text",
    [
        {"technology": ""},
        {"technology": "x" * 31},
        {"auxiliary_equipment": "x" * 51},
        {"information": "x" * 251},
    ],
)
def test_a_text_that_the_schema_does_not_hold_is_refused(text: dict[str, str]) -> None:
    with pytest.raises(LocalError, match="characters"):
        CoverageAnswer(
            region=CspRegion.SOUTH,
            technology=text.get("technology"),
            auxiliary_equipment=text.get("auxiliary_equipment"),
            information=text.get("information"),
        )


def test_a_reactive_installation_has_90_days() -> None:
    waiting = InstallAndLeave()

    left = waiting.leave(HOME, Visit.REACTIVE, START)

    assert left.due == START + timedelta(days=90)
    assert waiting.due == left.due
    assert waiting.breached(left.due) == ()
    assert waiting.breached(left.due + timedelta(seconds=1)) == (left,)


def test_a_proactive_installation_has_longer_and_how_long_is_not_sourced() -> None:
    waiting = InstallAndLeave()
    reactive = waiting.leave("1", Visit.REACTIVE, START)

    proactive = waiting.leave("2", Visit.PROACTIVE, START)

    assert proactive.due > reactive.due
    assert waiting.waiting() == (reactive, proactive)
    assert list(unverified(CoverageTargets())) == ["proactive"]


def test_a_connected_property_waits_no_longer_and_keeps_whether_it_was_late() -> None:
    waiting = InstallAndLeave()
    waiting.leave(HOME, Visit.REACTIVE, START)

    done = waiting.connect(HOME, START + timedelta(days=91))

    assert done is not None
    assert done.breached(START + timedelta(days=1_000))
    assert waiting.waiting() == ()
    assert waiting.due is None
    assert waiting.connect(HOME, START) is None


def test_a_property_waits_once_and_only_without_wan() -> None:
    waiting = InstallAndLeave()
    waiting.leave(HOME, Visit.PROACTIVE, START)

    for uprn, visit in ((HOME, Visit.REACTIVE), ("1", Visit.CONNECTED)):
        with pytest.raises(LocalError, match="property"):
            waiting.leave(uprn, visit, START)
