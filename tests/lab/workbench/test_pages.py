from dataclasses import replace

import pytest

from emulator.kernel.units import Instant
from emulator.lab.kept.result import StepMessage
from emulator.lab.workbench.home_watch import Premises, Told
from emulator.lab.workbench.pages import SCRIPT, STYLE_SHEET, Pages
from emulator.testing.scenes.results import dual_fuel_result

PAGES = Pages()
HOSTILE = "<img src=x onerror=alert(1)>'\"&"
ESCAPED = "&lt;img src=x onerror=alert(1)&gt;&#39;&#34;&amp;"


def test_a_home_is_drawn_and_its_devices_listed() -> None:
    first, *others = dual_fuel_result().devices
    devices = (replace(first, smi_status="Commissioned"), *others)

    text = PAGES.premises(Premises("", devices))

    assert text.count('class="card ') + text.count('class="card"') <= len(devices)
    assert all(row.name in text for row in devices)
    assert "Commissioned" in text


def test_what_devices_and_people_say_is_escaped_everywhere() -> None:
    device = replace(dual_fuel_result().devices[-1], name=HOSTILE, smi_status=HOSTILE)
    message = StepMessage(Instant(1), HOSTILE, HOSTILE, HOSTILE, (HOSTILE,))
    told = Told(Instant(1), HOSTILE, HOSTILE, HOSTILE, HOSTILE, good=True, words=HOSTILE)

    pieces = [
        PAGES.premises(Premises(HOSTILE, (device,))),
        PAGES.piece("message.html.j2", message=message),
        PAGES.piece("told.html.j2", told=told),
    ]

    assert all(HOSTILE not in piece for piece in pieces)
    assert all(ESCAPED in piece for piece in pieces)


@pytest.mark.parametrize("name", [SCRIPT, STYLE_SHEET])
def test_styles_and_scripts_are_files_of_their_own(name: str) -> None:
    found = PAGES.asset(name)

    assert found is not None
    assert found[1].startswith("text/")


@pytest.mark.parametrize("name", ["", "../pages.py", "chart.js"])
def test_no_other_file_is_given(name: str) -> None:
    assert PAGES.asset(name) is None
