import itertools

from emulator.alt_han.coordination.processes import APPROVALS, TITLES, Process, Stage


def test_titles_that_no_source_gives_stay_unnamed() -> None:
    assert Process.ONE not in TITLES
    assert Process.FOUR not in TITLES


def test_each_approval_leads_to_the_stage_that_the_next_begins_from() -> None:
    steps = [APPROVALS[each] for each in (Process.ONE, Process.TWO, Process.THREE, Process.FOUR)]

    for (_, reached), (begun, _) in itertools.pairwise(steps):
        assert reached is begun


def test_three_stages_are_ends() -> None:
    assert [each for each in Stage if each.ended] == [
        Stage.COMPLETED,
        Stage.EXEMPT,
        Stage.ABANDONED,
    ]
