from pathlib import Path

import pytest

from emulator.kernel.errors import UsageError
from emulator.radio.site import read_site

TEXT = """\
name = "h"

[[storey]]
name = "g"

[[device]]
name = "CHF"
at = [0, 0]

[[interferer]]
name = "router"
kind = "wifi"
channel = 1
at = [2, 2]
"""


def test_site_has_the_plan_and_what_disturbs(tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_text(TEXT)

    site = read_site(tmp_path / "p.toml")

    assert site.plan.name == "h"
    assert [source.name for source in site.sources] == ["router"]


def test_mistakes_of_plan_and_interferers_are_told_together(tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_text(TEXT.replace("at = ", "att = ") + "[[walll]]\nfrom = 3\n")

    with pytest.raises(UsageError) as refusal:
        read_site(tmp_path / "p.toml")

    lines = [int(each.split(":")[1]) for each in refusal.value.problems]
    assert lines == [6, 8, 10, 14, 15]
    assert "unknown table 'walll': there is storey, material" in refusal.value.problems[-1]
