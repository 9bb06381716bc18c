"""A repository of a tester's own: it is made once, and its tests pass."""

import subprocess
import sys
from pathlib import Path

import pytest

from emulator.bench.tester_repository.repository import FILES, make_repository
from emulator.kernel.errors import EnvironmentFault, UsageError

pytest_plugins = ["pytester"]

CONFTEST = """
import pytest

@pytest.fixture
def our_meter(esme):
    return esme
"""
OUR_TEST = """
def test_ours(our_meter):
    assert our_meter.joined
"""


def test_its_tests_pass(pytester: pytest.Pytester) -> None:
    make_repository(pytester.path / "ours")

    done = pytester.runpytest_inprocess("--rootdir=ours", "-c", "ours/pyproject.toml", "ours/tests")

    assert done.ret is pytest.ExitCode.OK
    assert done.parseoutcomes()["passed"] > 10


@pytest.mark.slow
def test_its_tests_pass_in_two_processes_beside_a_conftest_of_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "my tests"
    make_repository(folder)
    (folder / "conftest.py").write_text(CONFTEST)
    (folder / "tests/test_ours.py").write_text(OUR_TEST)

    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "2", "-W", "error", "--junitxml=found.xml"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout
    assert '<property name="use_case" value="ECS17b" />' in (folder / "found.xml").read_text()


def test_every_file_is_there_and_named_after_the_folder(tmp_path: Path) -> None:
    written = make_repository(tmp_path / "My Tests")

    assert [str(each.relative_to(tmp_path / "My Tests")) for each in written] == list(FILES)
    assert all(each.read_text() for each in written)
    assert 'name = "my-tests"' in (tmp_path / "My Tests/pyproject.toml").read_text()


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    assert make_repository(tmp_path)


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    (tmp_path / "b.txt").touch()

    with pytest.raises(UsageError, match=r"holds a\.txt and 1 more: expected a new name"):
        make_repository(tmp_path)

    assert len(list(tmp_path.iterdir())) == 2


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()

    with pytest.raises(UsageError, match="not a folder"):
        make_repository(tmp_path / "a.txt")
    with pytest.raises(EnvironmentFault, match=r"a\.txt"):
        make_repository(tmp_path / "a.txt" / "deeper")
