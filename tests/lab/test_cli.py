import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import EntryPoint

import pytest

from emulator.kernel import extensions
from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.lab.cli import main

HEAVY = ("cryptography", "jinja2", "rich", "emulator.lab.lab", "emulator.lab.runs.run")


def status(*words: str) -> object:
    with pytest.raises(SystemExit) as end:
        main(words)
    return end.value.code


def test_help_names_every_command_with_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert status("--help") == 0

    told = capsys.readouterr().out
    assert all(name in told for name in ("run", "list", "install-code", "doctor"))
    assert "Examples:\n    hanlab list scenarios\n" in told


@pytest.mark.parametrize(
    "command",
    [("run",), ("list",), ("doctor",), ("install-code",), ("install-code", "check")],
)
def test_help_of_every_command_has_examples_on_their_own_lines(
    command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert status(*command, "--help") == 0

    assert f"Examples:\n    hanlab {command[0]}" in capsys.readouterr().out


def test_no_words_show_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert status() in (0, 2)

    assert "Commands:" in "".join(capsys.readouterr())


def test_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert status("--version") == 0

    assert capsys.readouterr().out.startswith("hanlab 0.")


@pytest.mark.parametrize("words", [("fly",), ("list", "cats"), ("run",), ("doctor", "--what")])
def test_words_that_mean_nothing_are_usage(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert status(*words) == 2

    told = capsys.readouterr()
    assert told.out == ""
    assert "Traceback" not in told.err


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from emulator.lab.cli import main\n"
        "try:\n    main(['--help'])\n"
        f"except SystemExit:\n    print([name for name in {HEAVY!r} if name in sys.modules])\n"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.endswith("\n[]\n")


def usage() -> None:
    raise UsageError("a.csv:1: one", "a.csv:2: two")


def surroundings() -> None:
    raise EnvironmentFault("no air")


def mistake() -> None:
    raise ZeroDivisionError("by zero")


def interrupted() -> None:
    raise KeyboardInterrupt


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    def install(value: str) -> None:
        point = EntryPoint("act", value, "hanlab.commands")

        def entry_points(**chosen: str) -> list[EntryPoint]:
            return [point] if chosen.get("name", "act") == "act" else []

        monkeypatch.setattr(extensions, "entry_points", entry_points)

    return install


@pytest.mark.parametrize(
    ("function", "code", "told"),
    [
        (usage, 2, "a.csv:1: one\na.csv:2: two\n"),
        (surroundings, 3, "hanlab: no air\n"),
        (
            mistake,
            3,
            "hanlab has a mistake, ZeroDivisionError: by zero (hanlab --debug ... shows where)\n",
        ),
        (interrupted, 130, ""),
    ],
)
def test_every_end_of_a_command_has_its_status_and_its_lines(
    commands: Callable[[str], None],
    capsys: pytest.CaptureFixture[str],
    function: Callable[[], None],
    code: int,
    told: str,
) -> None:
    commands(f"{__name__}:{function.__name__}")
    sys.modules.setdefault(__name__, sys.modules[function.__module__])

    assert status("act") == code

    assert capsys.readouterr().err == told


def test_debug_shows_where_an_error_came_from(
    commands: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    commands(f"{__name__}:mistake")

    assert status("--debug", "act") == 3

    assert "in mistake" in capsys.readouterr().err


def test_command_of_another_package_may_be_an_application(
    commands: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    commands("emulator.lab.commands.install_code:app")

    assert status("act", "check", "83FED3407A932B70") == 0

    assert "valid: yes" in capsys.readouterr().out


def test_command_that_does_not_load_does_not_take_the_others_away(
    commands: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    commands("no_such_package:run")

    assert status("--help") == 0

    assert "hanlab: hanlab.commands 'act' (no_such_package:run) does not load" in (
        capsys.readouterr().err
    )
