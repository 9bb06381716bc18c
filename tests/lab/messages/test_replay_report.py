from io import StringIO

from rich.console import Console

from emulator.gbcs_device.replay.comparison import Match
from emulator.gbcs_device.replay.known_differences import KNOWN_DIFFERENCES
from emulator.gbcs_device.replay.replay import PairClass, ReplayedPair
from emulator.lab.messages.replay_report import ReplayReport

KNOWN = next(iter(KNOWN_DIFFERENCES))
UPDATES, READS = PairClass.ACTIONS_AND_UPDATES, PairClass.READS_SEEDED


def report(*pairs: ReplayedPair) -> ReplayReport:
    made = ReplayReport()
    for each in pairs:
        made.add(each)
    return made


def told(made: ReplayReport) -> str:
    text = StringIO()
    made.print(Console(file=text, width=100))
    return text.getvalue()


def test_pairs_are_counted_by_match_and_class() -> None:
    made = report(
        ReplayedPair("a", UPDATES, Match.IDENTICAL),
        ReplayedPair("b", UPDATES, Match.IDENTICAL_BUT_SIGNATURE),
        ReplayedPair("c", READS, Match.DIFFERENT, "payload"),
    )
    made.refuse("d", "no message")

    assert made.document() == {
        "pairs": 4,
        "identical": 1,
        "identical_but_signature": 1,
        "different": [
            {"file": "c", "reason": "payload", "known": None},
            {"file": "d", "reason": "no message", "known": None},
        ],
        "classes": {
            **{each.value: 0 for each in PairClass},
            "actions_and_updates": 2,
        },
    }


def test_run_passes_when_nothing_differs_that_could_be_given() -> None:
    assert report().passed
    assert report(ReplayedPair(KNOWN, UPDATES, Match.DIFFERENT, "refused")).passed
    assert not report(ReplayedPair("c", READS, Match.DIFFERENT, "payload")).passed


def test_file_without_message_fails_the_run() -> None:
    made = report()

    made.refuse("d", "no message")

    assert not made.passed


def test_person_reads_counts_and_every_difference() -> None:
    text = told(
        report(
            ReplayedPair("a", UPDATES, Match.IDENTICAL),
            ReplayedPair("c[1]", READS, Match.DIFFERENT, "payload: octet 1"),
            ReplayedPair(KNOWN, UPDATES, Match.DIFFERENT, "refused"),
        )
    )

    assert "3 pairs" in text
    assert "different c[1]: payload: octet 1" in text
    assert f"known {KNOWN}: {KNOWN_DIFFERENCES[KNOWN]}" in text.replace("\n", "")
