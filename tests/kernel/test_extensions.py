from pathlib import Path

import pytest

from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.kernel.extensions import GROUPS, load, names

ENTRY_POINTS = """\
[hanlab.radios]
paper = paper_radio:make
absent = no_such_module:make
nameless = paper_radio:no_such_thing
exploding = exploding_radio:make
"""


@pytest.fixture
def foreign_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package of somebody else, with kinds that load and kinds that do not."""
    info = tmp_path / "paper_radio-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: paper-radio\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(ENTRY_POINTS)
    (tmp_path / "paper_radio.py").write_text("def make():\n    return 'a radio of paper'\n")
    (tmp_path / "exploding_radio.py").write_text("raise RuntimeError('no aerial')\n")
    monkeypatch.syspath_prepend(tmp_path)


@pytest.mark.usefixtures("foreign_package")
def test_kinds_of_other_packages_are_listed_in_order() -> None:
    listed = [
        name
        for name in names("hanlab.radios")
        if name in {"absent", "exploding", "nameless", "paper"}
    ]

    assert listed == ["absent", "exploding", "nameless", "paper"]


@pytest.mark.usefixtures("foreign_package")
def test_a_kind_is_loaded_by_its_name() -> None:
    assert load("hanlab.radios", "paper")() == "a radio of paper"


@pytest.mark.usefixtures("foreign_package")
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("absent", r"'absent' \(no_such_module:make\) does not load: No module named"),
        ("nameless", r"'nameless' \(paper_radio:no_such_thing\) does not load"),
        ("exploding", r"'exploding' \(exploding_radio:make\) does not load: no aerial"),
    ],
)
def test_a_kind_that_does_not_load_names_itself_and_why(name: str, reason: str) -> None:
    with pytest.raises(EnvironmentFault, match=reason):
        load("hanlab.radios", name)


@pytest.mark.usefixtures("foreign_package")
def test_an_unknown_kind_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"no radios named 'papper': there is .*paper"):
        load("hanlab.radios", "papper")


@pytest.mark.parametrize("group", GROUPS)
def test_the_names_of_a_group_are_sorted_and_single(group: str) -> None:
    listed = [name for each in GROUPS if each == group for name in names(each)]

    assert listed == sorted(set(listed))
