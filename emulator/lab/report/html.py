"""The run as one HTML file that needs nothing but a browser.

Styles, script and drawing are inside the file, and its content security policy lets the browser
fetch nothing and run only that script. What devices sent reaches the page as escaped text or as
JSON, never as markup.
"""

from typing import Final

from emulator.lab.kept.result import LinkKeyState, RunResult, Verdict
from emulator.lab.report.chart_data import LAYERS, chart_data
from emulator.lab.report.network_drawing import CARD_HEIGHT, CARD_WIDTH, draw_network
from emulator.lab.report.page_environment import page_environment
from emulator.lab.report.page_parts import (
    asset,
    embedded_json,
    encodable,
    in_a_function,
    script_digest,
)
from emulator.lab.report.timings import timings

_STYLES: Final = ("page.css", "chart.css")
CHART_SCRIPTS: Final = (
    "chart_model.js",
    "chart_row.js",
    "chart_detail.js",
    "chart.js",
    "chart_tools.js",
)
"""What draws a sequence chart, in the order in which it is put together."""

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
    script = in_a_function(*map(asset, (*CHART_SCRIPTS, "page.js")))
    page = page_environment("emulator.lab.report").get_template("report.html.j2")
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


def _counts(result: RunResult) -> dict[str, int]:
    return {
        "passed": sum(step.verdict is Verdict.PASS for step in result.steps),
        "decided": sum(step.verdict is not Verdict.NOT_APPLICABLE for step in result.steps),
        "joined": sum(row.joined for row in result.devices),
        "agreed": sum(row.link_key is LinkKeyState.CBKE for row in result.devices),
    }
