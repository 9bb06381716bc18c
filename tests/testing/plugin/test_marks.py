"""Tests chosen by clause and use case."""

import pytest

pytest_plugins = ["pytester"]

TESTS = """
import pytest

@pytest.mark.clause("GBCS 6.2.4, MAC")
@pytest.mark.use_case("ECS17b")
def test_one(): pass

@pytest.mark.clause("ZSE 1.4 5.4", "GBCS 7.2")
def test_two(): pass

def test_three(): pass
"""


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ((), 3),
        (("--hanlab-clause=GBCS 6",), 1),
        (("--hanlab-clause=GBCS",), 2),
        (("--hanlab-usecase=ecs17b",), 1),
        (("--hanlab-clause=GBCS 7", "--hanlab-usecase=ECS17b"), 0),
        (("-m", "clause"), 2),
    ],
)
def test_the_command_line_chooses(
    pytester: pytest.Pytester, words: tuple[str, ...], count: int
) -> None:
    pytester.makepyfile(TESTS)

    done = pytester.runpytest_inprocess(*words)

    done.assert_outcomes(passed=count, deselected=3 - count)


@pytest.mark.parametrize("marker", ["clause", "clause()", "use_case(7)", "clause(text='x')"])
def test_a_marker_that_says_nothing_is_refused(pytester: pytest.Pytester, marker: str) -> None:
    pytester.makepyfile(f"import pytest\n@pytest.mark.{marker}\ndef test_it(): pass")

    done = pytester.runpytest_inprocess()

    assert done.ret is pytest.ExitCode.USAGE_ERROR
    done.stderr.fnmatch_lines(["*test_it: marker *: expected texts*"])
