"""A tester's own records."""

import pytest

pytest_plugins = ["pytester"]

RECORD = '{"code": "0ABC", "title": "Ring", "category": "SME.C.NC", "evidence": "name"}\n'
TEST = """
from emulator.gbcs.use_cases.catalogue import known_use_case

def test_known(): assert known_use_case(0x0ABC) is not None
"""


def test_they_are_known_while_their_tests_run(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\nhanlab_usecases = records\n")
    (pytester.mkdir("records") / "ours.jsonl").write_text(RECORD)
    pytester.makepyfile(TEST)

    pytester.runpytest_inprocess().assert_outcomes(passed=1)

    from emulator.gbcs.use_cases.catalogue import known_use_case  # noqa: PLC0415 - after the run

    assert known_use_case(0x0ABC) is None


def test_a_mistake_in_one_ends_pytest_with_file_and_line(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\nhanlab_usecases = records\n")
    (pytester.mkdir("records") / "ours.jsonl").write_text(RECORD + "{}\n")
    pytester.makepyfile(TEST)

    done = pytester.runpytest_inprocess()

    assert done.ret is pytest.ExitCode.USAGE_ERROR
    done.stderr.fnmatch_lines(["*ours.jsonl:2*"])
