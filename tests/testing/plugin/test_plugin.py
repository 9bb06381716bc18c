"""The plugin in a repository that knows nothing of ours."""

import subprocess
import sys

import pytest

pytest_plugins = ["pytester"]


def test_who_does_not_use_it_loads_nothing_of_the_emulator(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import sys

        def test_nothing_heavy_is_there():
            heavy = ("emulator.lab.lab", "emulator.bench", "cryptography", "numpy")
            assert not [each for each in heavy if each in sys.modules]
        """
    )

    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-W", "error", "-p", "no:cacheprovider"],
        cwd=pytester.path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout


def test_markers_are_known_to_strict_pytest(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\nstrict = true\n")
    pytester.makepyfile(
        """
        import pytest

        @pytest.mark.clause("GBCS 7.2")
        @pytest.mark.use_case("ECS17b")
        @pytest.mark.lab(seed=3)
        @pytest.mark.bench("ESME")
        def test_marked(): pass
        """
    )

    pytester.runpytest_inprocess().assert_outcomes(passed=1)


def test_clause_and_use_case_are_properties_in_junit(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import pytest

        @pytest.mark.clause("GBCS 7.2")
        @pytest.mark.use_case("ECS17b")
        def test_marked(): pass
        """
    )

    pytester.runpytest_inprocess("--junitxml=found.xml")

    found = (pytester.path / "found.xml").read_text()
    assert '<property name="clause" value="GBCS 7.2" />' in found
    assert '<property name="use_case" value="ECS17b" />' in found


def test_each_case_of_a_use_case_becomes_a_test(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import pytest

        @pytest.mark.use_case("ECS17b")
        @pytest.mark.bench("ESME", checks=["success", "wrong-mac"])
        def test_the_meter(bench, bench_case):
            bench.check(bench_case)
        """
    )

    done = pytester.runpytest_inprocess("-v")

    done.assert_outcomes(passed=2)
    done.stdout.fnmatch_lines(["*test_the_meter[[]ESME/0027/ECS17b/wrong-mac[]] PASSED*"])


def test_a_failure_tells_the_story_of_its_home(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        def test_of_the_meter(esme):
            assert esme.send("ECS17b").good
            assert not esme.joined
        """
    )

    done = pytester.runpytest_inprocess("--hanlab-out=kept")

    done.assert_outcomes(failed=1)
    done.stdout.fnmatch_lines(
        [
            "*the HAN's story*",
            "*DCC -> ESME: Command of ECS17b*",
            "*DLMS access-request*",
            "*FAIL  test test_of_the_meter*",
            "*the last of * frames*",
            "*the HAN's files*",
            "*han.pcapng",
        ]
    )
    assert list((pytester.path / "kept").glob("test_of_the_meter-*/report.html"))


def test_a_passing_test_keeps_no_files(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_of_a_lab(lab): assert lab.kinds()[0] == 'CHF'")

    pytester.runpytest_inprocess("--hanlab-out=kept").assert_outcomes(passed=1)

    assert not (pytester.path / "kept").exists()
