"""A user's hooks: every mistake is told by file and line, and what fails is told as theirs."""

from pathlib import Path

import pytest

from emulator.bench.cases.hooks import Hook, HookError, hook_of, hooked, read_hooks
from emulator.gbcs.asn1.firmware import ReadFirmwareVersionCommand
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs.use_cases.catalogue import use_case
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.kernel.errors import UsageError
from emulator.testing.scenes.bench_scene import case_named
from emulator.testing.scenes.remote_party_bench import RemotePartyBench

CASE = case_named("ESME/0027/ECS17b/success")
MESSAGE = RemotePartyBench(DeviceKind.PPMID).command(
    0x0129, ReadFirmwareVersionCommand(), RemotePartyRole.ACCESS_CONTROL_BROKER
)


def hook(folder: Path, text: str, name: str = "ECS17b") -> Hook:
    (folder / f"{name}.py").write_text(text)
    return read_hooks(folder)[0x0027]


def test_a_file_is_found_by_number_and_by_code(tmp_path: Path) -> None:
    (tmp_path / "0019.py").write_text("def judge(command, response): return 'no'")
    hook(tmp_path, "def values(case): return {'a': case.sender.name}")

    hooks = read_hooks(tmp_path)

    assert hooks[0x0027].values(CASE) == {"a": "SUPPLIER"}
    assert set(hooks) == {0x0019, 0x0027}


def test_what_a_file_does_not_define_changes_nothing(tmp_path: Path) -> None:
    assert hook(tmp_path, "def judge(command, response): ...").values(CASE) == {}


def test_hooks_count_only_inside(tmp_path: Path) -> None:
    known = hook(tmp_path, "def values(case): ...")

    with hooked({0x0027: known}):
        inside = hook_of(use_case(0x0027)), hook_of(use_case(0x0026))

    assert inside == (known, None)
    assert hook_of(use_case(0x0027)) is None


def test_every_mistake_of_every_file_is_told_with_its_line(tmp_path: Path) -> None:
    for name, text in {
        "ECS17b": "\ndef judge(command): ...",
        "ECS99z": "def values(case): ...",
        "00019": "def values(case): ...",
        "19": "def values(case): ...",
        "0019": "values = 1",
        "001A": "\n\nraise KeyError('x')",
        "001B": "def values(:",
        "001C": "def judge(command, response, case): ...",
        "001D": "def operator(): ...",
        "001E": "judge = len",
        "001F": "\nraise SystemExit(5)",
    }.items():
        (tmp_path / f"{name}.py").write_text(text)

    with pytest.raises(UsageError) as refused:
        read_hooks(tmp_path)

    assert [each.removeprefix(f"{tmp_path}/") for each in refused.value.problems] == [
        "00019.py:1: no use case is called '00019'",
        "0019.py:1: expected values(case), judge(command, response), operator(case)",
        "001A.py:3: KeyError: 'x'",
        "001B.py:1: invalid syntax",
        "001C.py:1: judge() takes 3 arguments, expected 2",
        "001D.py:1: operator() takes 0 arguments, expected 1",
        "001E.py:1: judge() takes 1 arguments, expected 2",
        "001F.py:2: SystemExit: 5",
        "19.py:1: no use case is called '19'",
        "ECS17b.py:2: judge() takes 1 arguments, expected 2",
        "ECS99z.py:1: no use case is called 'ECS99z'",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("def values(case):\n    return 1 / 0", ":2: values(): ZeroDivisionError"),
        ("values = len", ":1: values(): TypeError"),
        (
            "def values(case):\n    return deep()\ndef deep():\n    return 1 / 0",
            ":4: values(): Zero",
        ),
        ("def values(case):\n    exec(compile('1 / 0', '', 'exec'))", ":2: values(): Zero"),
        ("def values(case):\n    exec(compile('1 / 0', '~', 'exec'))", ":2: values(): Zero"),
        ("def values(case): return 7", "values() gave 7, expected values by name"),
        ("def values(case): return {7: 7}", "expected values by name"),
        ("def values(case):\n    raise SystemExit(7)", ":2: values(): SystemExit: 7"),
    ],
)
def test_a_hook_that_fails_is_told_as_the_users(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(HookError) as fault:
        hook(tmp_path, text).values(CASE)

    assert told in str(fault.value)


def test_a_file_named_by_four_letters_that_are_no_code_is_found_by_number(tmp_path: Path) -> None:
    (tmp_path / "CS14.py").write_text("def values(case): ...")

    assert set(read_hooks(tmp_path)) == {0x0018}


def test_what_tells_no_arguments_is_taken_and_called(tmp_path: Path) -> None:
    with pytest.raises(HookError, match=r":1: values\(\): TypeError"):
        hook(tmp_path, "values = dict").values(CASE)


@pytest.mark.parametrize(("given", "told"), [("None", ""), ("''", ""), ("'why'", "why")])
def test_an_answer_and_a_question_are_text_or_nothing(
    tmp_path: Path, given: str, told: str
) -> None:
    known = hook(
        tmp_path, f"def judge(one, other): return {given}\ndef operator(case): return {given}"
    )

    assert known.judge(MESSAGE, MESSAGE) == known.question(CASE) == told


def test_what_is_no_text_is_told_as_the_users(tmp_path: Path) -> None:
    known = hook(tmp_path, "def judge(one, other): return 7\ndef operator(case): return False")

    with pytest.raises(HookError, match=r"judge\(\) gave 7, expected text or None"):
        known.judge(MESSAGE, MESSAGE)
    with pytest.raises(HookError, match=r"operator\(\) gave False, expected text or None"):
        known.question(CASE)


@pytest.mark.parametrize("text", ["def values(*rest): return {}", "values = dict"])
def test_whatever_can_be_called_as_the_bench_calls_it_will_do(tmp_path: Path, text: str) -> None:
    assert "values" in hook(tmp_path, text).functions


def test_what_a_hook_prints_is_kept_from_stdout(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known = hook(tmp_path, "print('read')\ndef values(case):\n    print('called')\n    return {}")
    known.values(CASE)

    printed = capsys.readouterr()

    assert (printed.out, printed.err) == ("", "read\ncalled\n")
