"""Bench cases as tests."""

import pytest

from emulator.bench.campaigns.campaign import known_cases
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.kernel.errors import UsageError
from emulator.lab.kept.result import Verdict
from emulator.testing.plugin.bench_cases import Bench

pytest_plugins = ["pytester"]

FAILS = """
import pytest

@pytest.mark.bench({marker})
def test_it(bench, bench_case): bench.check(bench_case)
"""


@pytest.mark.bench("ESME")
def test_a_case_is_run_by_its_name(bench: Bench) -> None:
    assert bench.kind is DeviceKind.ESME
    assert bench.run("ESME/0027/ECS17b/success").verdict is Verdict.PASS
    with pytest.raises(UsageError, match="no case 'ESME/none' of ESME"):
        bench.run("ESME/none")


@pytest.mark.bench("ESME")
def test_what_the_profile_excuses_is_skipped(bench: Bench) -> None:
    with pytest.raises(pytest.skip.Exception, match="single-element"):
        bench.check(next(each for each in known_cases(bench.kind) if "/ECS01c/success" in each))


@pytest.mark.bench("ESME", defect="mac-unchecked")
def test_a_departure_tells_clause_and_both_trees(bench: Bench) -> None:
    with pytest.raises(pytest.fail.Exception) as told:
        bench.check("ESME/0027/ECS17b/wrong-mac")

    text = str(told.value)
    assert "clause: GBCS 6.2.4, MAC" in text
    assert "expected:" in text
    assert "DLMS access-response" in text


@pytest.mark.parametrize(
    ("marker", "told"),
    [
        ("", "*no kind: expected one of*ESME*"),
        ("'TELEPHONE'", "*kind 'TELEPHONE'*"),
        ("'ESME', colour=1", "*marker bench: colour: expected kind*"),
        ("'ESME', cases='nothing'", "*no case is called 'nothing'*"),
        ("'ESME', checks=['success', 'wrong-mack']", "*no check 'wrong-mack': expected wrong-mac*"),
        ("'ESME', cases='*/CS06/*', checks='read-back'", "*no bench case fits its markers*"),
    ],
)
def test_markers_that_choose_nothing_are_refused(
    pytester: pytest.Pytester, marker: str, told: str
) -> None:
    pytester.makepyfile(FAILS.format(marker=marker))

    done = pytester.runpytest_inprocess()

    done.assert_outcomes(errors=1)
    done.stdout.fnmatch_lines([told])


@pytest.mark.parametrize("marker", ["reach='moon'", "defect='none-such'"])
def test_a_bench_that_cannot_be_is_refused(pytester: pytest.Pytester, marker: str) -> None:
    pytester.makepyfile(FAILS.format(marker=f"'ESME', cases='*/ECS17b/success', {marker}"))

    done = pytester.runpytest_inprocess()

    done.assert_outcomes(errors=1)
    done.stdout.fnmatch_lines([f"*{marker.split(chr(39))[1]}*"])


def test_a_device_that_fell_silent_is_another_one_in_the_next_test(
    pytester: pytest.Pytester,
) -> None:
    pytester.makepyfile(
        """
        import pytest

        @pytest.mark.bench("ESME", defect="garbage-hangs")
        @pytest.mark.parametrize("check", ["success", "truncated", "success"])
        def test_it(bench, check):
            verdict = bench.run(f"ESME/0027/ECS17b/{check}").verdict.value
            assert verdict == {"success": "pass", "truncated": "inconclusive"}[check]
        """
    )

    pytester.runpytest_inprocess().assert_outcomes(passed=3)
