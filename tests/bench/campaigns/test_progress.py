"""The bar: on a terminal only, with counts and the latest case."""

import time
from io import StringIO

from emulator.bench.campaigns.progress import CampaignProgress
from emulator.bench.campaigns.results import CaseResult

LATEST = CaseResult(device="meter", case="ECS02", repeat=0, clause="GBCS 7.2", verdict="fail")


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_nothing_is_written_where_there_is_no_terminal() -> None:
    stream = StringIO()

    with CampaignProgress(stream) as progress:
        progress.show(LATEST, 1, 2)

    assert stream.getvalue() == ""


def test_a_terminal_sees_how_far_it_is_and_how_it_went() -> None:
    stream = Terminal()

    with CampaignProgress(stream) as progress:
        progress.show(LATEST, 1, 2)

    shown = stream.getvalue()
    assert "1/2" in shown
    assert "1 fail" in shown


def test_lines_for_a_person_are_shown_as_they_are() -> None:
    stream = StringIO()

    CampaignProgress(stream).tell("give it power [Enter]")

    assert stream.getvalue() == "give it power [Enter]\n"


def test_the_bar_leaves_a_person_alone_who_is_asked() -> None:
    stream = Terminal()

    with CampaignProgress(stream) as progress:
        progress.show(LATEST, 1, 3)
        progress.tell("give it power [Enter]")
        asked = stream.getvalue()
        time.sleep(0.3)
        meanwhile = stream.getvalue()
        progress.show(LATEST, 2, 3)

    assert meanwhile == asked
    assert "2/3" in stream.getvalue().removeprefix(asked)
