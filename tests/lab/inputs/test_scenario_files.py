from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.errors import UsageError
from emulator.lab.inputs.scenario_files import (
    INSTALLED,
    find_scenario,
    installed_names,
    load_scenario,
    read_scenario,
)
from emulator.lab.kept.result import Source

WHOLE = '''"""A gas meter joins.

More about it.
"""

SOURCES = (Source("ZSE 1.4", "5.5.5.1"), Source(document="R22", clause="4.6.3"))
TAGS: tuple[str, ...] = ("commissioning", "gas")
SERVICE_MODE = "gfi"
SHIPMENT = "two.csv"


def run(lab: object) -> object:
    return lab
'''
LEAST = '"""Title."""\ndef run(lab): pass\n'


def saved(folder: Path, text: str | bytes, name: str = "scenario.py") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(UsageError) as mistake:
        read_scenario(path, "x")
    return str(mistake.value).removeprefix(f"{path}")


def test_scenario_says_what_its_file_declares(tmp_path: Path) -> None:
    scenario = read_scenario(saved(tmp_path, WHOLE), "gas/joins")

    assert scenario.name == "gas/joins"
    assert scenario.title == "A gas meter joins"
    assert scenario.sources == (Source("ZSE 1.4", "5.5.5.1"), Source("R22", "4.6.3"))
    assert scenario.tags == ("commissioning", "gas")
    assert scenario.service_mode == "gfi"
    assert len(scenario.sha256) == 64


def test_scenario_needs_no_more_than_a_title_and_run(tmp_path: Path) -> None:
    scenario = read_scenario(saved(tmp_path, LEAST), "x")

    assert (scenario.sources, scenario.tags, scenario.service_mode) == ((), (), "han_only")
    assert scenario.shipment_path() is None


def test_reading_runs_nothing(tmp_path: Path) -> None:
    path = saved(tmp_path, LEAST + "raise SystemExit(1)\n")

    assert read_scenario(path, "x").title == "Title"


def test_shipment_is_looked_for_beside_the_scenario_first(tmp_path: Path) -> None:
    scenario = read_scenario(saved(tmp_path, WHOLE), "x")

    assert scenario.shipment_path() == INSTALLED / "shipments" / "two.csv"
    saved(tmp_path, "", "two.csv")
    assert scenario.shipment_path() == tmp_path / "two.csv"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("def run(lab): pass\n", ":1: no docstring: expected one, its first line is the title"),
        ('"""T."""\n', ":1: no run: expected def run(lab) in a scenario"),
        ('"""T."""\ndef run(): pass\n', ":2: run takes 0 arguments: expected def run(lab)"),
        ('"""T."""\ndef run(lab:\n', ":2: '(' was never closed: expected Python"),
        (b'"""T."""\n\xff', ":2: (unicode error)"),
        (b"\x00", ":1: "),
        (LEAST + "SOURCES = 1\n", ":3: SOURCES: expected a tuple of Source(document, clause)"),
        (LEAST + "SOURCES = (1,)\n", ':3: SOURCES: expected each to be Source("document", "clau'),
        (LEAST + 'SOURCES = (Source("a"),)\n', ":3: SOURCES: expected each to be Source("),
        (LEAST + "SOURCES = (Source(1, 2),)\n", ":3: SOURCES: expected each to be Source("),
        (LEAST + 'TAGS = "one"\n', ':3: TAGS: expected a tuple of texts, ("...",)'),
        (LEAST + "TAGS = (1,)\n", ":3: TAGS: expected a tuple of texts"),
        (LEAST + 'SERVICE_MODE = "x"\n', ":3: SERVICE_MODE: expected one of gfi, itch, end_to_end"),
        (LEAST + "SHIPMENT = print()\n", ':3: SHIPMENT: expected a text, "..."'),
    ],
)
def test_file_that_is_no_scenario_is_refused_by_line(
    tmp_path: Path, text: str | bytes, expected: str
) -> None:
    assert refusal(saved(tmp_path, text)).startswith(expected)


def test_absent_file_and_folder_are_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "no.py") == ": No such file or directory: expected a scenario file"
    assert refusal(tmp_path) == ": Is a directory: expected a scenario file"


@given(octets=st.binary() | st.text("(){}[]=:\"'#\\\n abcrun").map(str.encode))
def test_any_octets_are_a_scenario_or_refused(
    octets: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = saved(tmp_path_factory.getbasetemp(), octets, "any.py")

    with pytest.raises(UsageError, match=f"^{path}"):
        read_scenario(path, "x")


def test_run_of_a_loaded_scenario_is_its_function(tmp_path: Path) -> None:
    path = saved(tmp_path, '"""T."""\n\n\ndef run(lab):\n    return lab\n')
    lab: Any = object()

    run = load_scenario(read_scenario(path, "x"))

    assert run(lab) is lab


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("import no_such_module", "ModuleNotFoundError: No module named 'no_such_module'"),
        ("raise SystemExit(3)", "SystemExit: 3"),
        ("1 / 0", "ZeroDivisionError: division by zero"),
    ],
)
def test_scenario_whose_top_level_fails_is_refused_by_line(
    tmp_path: Path, line: str, told: str
) -> None:
    path = saved(tmp_path, LEAST + line + "\n")

    with pytest.raises(UsageError) as mistake:
        load_scenario(read_scenario(path, "x"))

    assert str(mistake.value) == f"{path}:3: {told}: expected a file that loads"


def test_scenario_may_be_a_file_of_any_name_that_ends_in_py(tmp_path: Path) -> None:
    path = saved(tmp_path, LEAST, "scenario.txt")

    with pytest.raises(UsageError, match=r"expected a file that ends in .py"):
        load_scenario(read_scenario(path, "x"))


def test_scenario_is_found_by_path_by_name_and_by_the_last_part_of_its_name(tmp_path: Path) -> None:
    path = saved(tmp_path, LEAST, "commissioning/join_all.py")

    assert find_scenario(str(path)).name == "join_all"
    assert find_scenario("commissioning/join_all", tmp_path).name == "commissioning/join_all"
    assert find_scenario("join_all", tmp_path).name == "commissioning/join_all"


def test_last_part_that_two_names_share_is_refused_with_both(tmp_path: Path) -> None:
    saved(tmp_path, LEAST, "a/join.py")
    saved(tmp_path, LEAST, "b/join.py")

    with pytest.raises(UsageError, match="scenario join: expected one of a/join, b/join"):
        find_scenario("join", tmp_path)


def test_unknown_name_is_refused_with_the_nearest(tmp_path: Path) -> None:
    saved(tmp_path, LEAST, "commissioning/join_all.py")
    told = "no scenario named 'jion_all': did you mean commissioning/join_all?"

    with pytest.raises(UsageError) as mistake:
        find_scenario("jion_all", tmp_path)

    assert str(mistake.value).startswith(told)


def test_names_are_sorted_paths_without_their_ending(tmp_path: Path) -> None:
    for name in ("b/two.py", "a/one.py", "a/_private.py", "a/notes.txt"):
        saved(tmp_path, LEAST, name)

    assert installed_names(tmp_path) == ("a/one", "b/two")


def test_every_installed_scenario_can_be_read() -> None:
    for name in installed_names():
        assert read_scenario(INSTALLED / f"{name}.py", name).sources
