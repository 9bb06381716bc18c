"""A user's folder: a new use case is made, sent, answered and judged without a change of ours."""

import json
from pathlib import Path

import pytest

from emulator.bench.campaigns.campaign import known_cases
from emulator.bench.cases.own_records import own_records
from emulator.bench.running.judgement import Triage
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.kernel.errors import UsageError
from emulator.lab.kept.result import Verdict
from emulator.testing.scenes.bench_scene import bench

RECORD = {
    "code": "0900",
    "name": "XCS01",
    "title": "Read the export register alone",
    "category": "SME.C.NC",
    "evidence": "name",
    "devices": ["ESME"],
    "target": "ESME",
    "roles": ["Access Control Broker"],
    "access": "read",
    "replay_protected": False,
    "payloads": {"command": ["DLMS"], "response": ["DLMS"]},
    "protection": {"command": ["MAC"], "response": ["MAC"]},
    "command": {"dlms": [{"do": ["GET", 3, "1-0:2.8.0.255", 2]}]},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "own.jsonl").write_text(json.dumps(RECORD))
    return tmp_path


def test_a_record_of_ones_own_has_every_check_and_a_good_device_passes_them(folder: Path) -> None:
    with own_records(folder):
        own = [
            each for each in known_cases(DeviceKind.ESME).values() if each.use_case.code == 0x900
        ]
        runner = bench(DeviceKind.ESME)
        verdicts = {each.name: runner.run(each).verdict for each in own}

    assert "ESME/0900/XCS01/wrong-mac" in verdicts
    assert set(verdicts.values()) == {Verdict.PASS}
    assert len(verdicts) > 10
    assert not any(each.use_case.code == 0x900 for each in known_cases(DeviceKind.ESME).values())


def test_a_hook_judges_answers_beyond_what_the_record_says(folder: Path) -> None:
    (folder / "XCS01.py").write_text("def judge(command, response): return 'no energy'")

    with own_records(folder):
        case = known_cases(DeviceKind.ESME)["ESME/0900/XCS01/success"]
        judged = bench(DeviceKind.ESME).run(case)

    assert (judged.verdict, judged.field) == (Verdict.FAIL, "judge() of XCS01.py")
    assert judged.reason == "no energy"


def test_a_hook_that_fails_is_an_error_of_the_users_own_systems(folder: Path) -> None:
    (folder / "XCS01.py").write_text("def values(case):\n    raise ValueError('oops')")

    with own_records(folder):
        case = known_cases(DeviceKind.ESME)["ESME/0900/XCS01/success"]
        judged = bench(DeviceKind.ESME).run(case)

    assert (judged.verdict, judged.triage) == (Verdict.ERROR, Triage.USER_SYSTEMS)
    assert "XCS01.py:2: values(): ValueError: oops" in judged.reason


def test_a_command_that_cannot_be_made_is_refused_with_file_and_line(folder: Path) -> None:
    wrong = RECORD | {"command": {"dlms": [{"do": ["FETCH", 3, "1-0:2.8.0.255", 2]}]}}
    (folder / "own.jsonl").write_text(f'{{"provenance": "ours"}}\n{json.dumps(wrong)}')

    with (
        pytest.raises(UsageError, match=r"own\.jsonl:2: field 'command'.*FETCH"),
        own_records(folder),
    ):
        pass


def test_mistakes_of_records_and_hooks_are_told_together(folder: Path) -> None:
    (folder / "own.jsonl").write_text(json.dumps(RECORD | {"roles": ["King"]}))
    (folder / "XCS01.py").write_text("def judge(command, response): ...")
    (folder / "ECS17b.py").write_text("judge = 1")

    with pytest.raises(UsageError) as refused, own_records(folder):
        pass

    assert [Path(each.partition(":")[0]).name for each in refused.value.problems] == [
        "own.jsonl",
        "ECS17b.py",
    ]


def test_without_a_folder_nothing_is_added() -> None:
    with own_records(None):
        assert "ESME/0900/XCS01/success" not in known_cases(DeviceKind.ESME)
