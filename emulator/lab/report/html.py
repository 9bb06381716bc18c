"""The run as one HTML file that needs nothing but a browser.

Styles, script and drawing are inside the file, and its content security policy lets the browser
fetch nothing and run only that script. What devices sent reaches the page as escaped text or as
JSON, never as markup.
"""

import base64
import re
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from emulator.kernel.identity import format_eui64
from emulator.kernel.units import format_duration
from emulator.lab.report.chart_data import LAYERS, chart_data
from emulator.lab.report.network_drawing import CARD_HEIGHT, CARD_WIDTH, draw_network
from emulator.lab.report.page_parts import (
    asset,
    embedded_json,
    encodable,
    in_a_function,
    script_digest,
)
from emulator.lab.report.timings import timings
from emulator.lab.result import LinkKeyState, RunResult, Verdict

_STYLES: Final = ("page.css", "chart.css")
_SCRIPTS: Final = ("chart_model.js", "chart_row.js", "chart_detail.js", "chart.js", "page.js")
_OCTETS: Final = re.compile("[0-9A-Fa-f]{2}([-: ]?[0-9A-Fa-f]{2}){5,}")
"""Six octets or more: as long as the shortest install code."""

VERDICT_WORDS: Final = {
    Verdict.PASS: "Pass",
    Verdict.FAIL: "Fail",
    Verdict.INCONCLUSIVE: "Inconclusive",
    Verdict.NOT_APPLICABLE: "Not applicable",
    Verdict.ERROR: "Error",
}
KEY_WORDS: Final = {
    LinkKeyState.NONE: "no link key",
    LinkKeyState.PRECONFIGURED: "preconfigured",
    LinkKeyState.CBKE: "CBKE",
}
SERVICE_WORDS: Final = {
    "gfi": "GFI: meters under test",
    "itch": "ITCH: communications hub under test",
    "end_to_end": "End to end",
    "han_only": "HAN only, without WAN and DCC",
}


def render_report(result: RunResult) -> str:
    """The whole of `report.html`, encodable in UTF-8 whatever the texts of `result` hold."""
    script = in_a_function(*map(asset, _SCRIPTS))
    page = _environment().get_template("report.html.j2")
    text = page.render(
        result=result,
        counts=_counts(result),
        drawing=draw_network(result.devices),
        card=(CARD_WIDTH, CARD_HEIGHT),
        timings=timings(result.steps),
        layers=LAYERS,
        style="\n".join(map(asset, _STYLES)),
        script=script,
        script_digest=script_digest(script),
        chart=embedded_json(chart_data(result)),
        verdict_words=VERDICT_WORDS,
        key_words=KEY_WORDS,
        service=SERVICE_WORDS[result.service_mode],
    )
    return encodable(text)


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("emulator.lab.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "duration": _duration,
        "clock": _clock,
        "eui64": format_eui64,
        "nwk": lambda address: "none" if address is None else f"0x{address:04X}",
        "count": lambda number: f"{number:,}",
        "short": _short,
        "image": _image,
    }
    environment.tests["key_material"] = _is_key_material
    return environment


def _duration(microseconds: float) -> str:
    """A length of time, to the millisecond when it is a second or more."""
    whole = round(microseconds)
    return format_duration(whole if whole < 1_000_000 else round(whole, -3)).replace("us", "µs")


def _clock(microseconds: int) -> str:
    """An instant of virtual time in seconds, to the millisecond."""
    return f"{microseconds / 1_000_000:,.3f}"


def _short(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _image(svg: str) -> str:
    """An SVG document as a data URI: an image runs no script and fetches nothing."""
    octets = svg.encode("utf-8", "backslashreplace")
    return f"data:image/svg+xml;base64,{base64.b64encode(octets).decode()}"


def _is_key_material(name: str, value: str) -> bool:
    """Whether a setting is an install code or a key, which the page names without showing it."""
    if name.endswith("install_code"):
        return True
    return name.endswith("key") and _OCTETS.fullmatch(value.strip()) is not None


def _counts(result: RunResult) -> dict[str, int]:
    return {
        "passed": sum(step.verdict is Verdict.PASS for step in result.steps),
        "decided": sum(step.verdict is not Verdict.NOT_APPLICABLE for step in result.steps),
        "joined": sum(row.joined for row in result.devices),
        "agreed": sum(row.link_key is LinkKeyState.CBKE for row in result.devices),
    }
