"""The pages of the workbench, rendered from templates that escape everything."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from emulator.lab.report.chart_data import LAYERS
from emulator.lab.report.html import CHART_SCRIPTS, KEY_WORDS, VERDICT_WORDS
from emulator.lab.report.network_drawing import CARD_HEIGHT, CARD_WIDTH, draw_network
from emulator.lab.report.page_environment import page_environment
from emulator.lab.report.page_parts import asset, encodable, in_a_function
from emulator.lab.workbench.home_watch import Premises

_HERE: Final = "emulator.lab.workbench"
_REPORT: Final = "emulator.lab.report"
_OWN: Final = ("live.js",)
_STYLES: Final = ("page.css", "chart.css")
STYLE_SHEET: Final = "workbench.css"
SCRIPT: Final = "workbench.js"
_MEDIA: Final[Mapping[str, str]] = MappingProxyType({"css": "text/css", "js": "text/javascript"})


class Pages:
    """Renders pages and pieces of pages.

    Args:
        packages: that have templates beside those of the workbench.
    """

    def __init__(self, *packages: str) -> None:
        self._templates = page_environment(*packages, _HERE, _REPORT)
        self._assets = {
            STYLE_SHEET: "\n".join([*map(asset, _STYLES), asset(STYLE_SHEET, _HERE)]),
            SCRIPT: in_a_function(
                *map(asset, CHART_SCRIPTS), *(asset(name, _HERE) for name in _OWN)
            ),
        }

    def piece(self, template: str, **values: Any) -> str:
        """A page, or a piece of one."""
        words = {"key_words": KEY_WORDS, "verdict_words": VERDICT_WORDS, "layers": LAYERS}
        return encodable(self._templates.get_template(template).render(words | values))

    def premises(self, home: Premises) -> str:
        """The drawing of a home, and its devices."""
        return self.piece(
            "premises.html.j2",
            home=home,
            drawing=draw_network(home.devices),
            card=(CARD_WIDTH, CARD_HEIGHT),
        )

    def asset(self, name: str) -> tuple[str, str] | None:
        """A style sheet or script and its media type; None where there is none of that name."""
        text = self._assets.get(name)
        return None if text is None else (text, _MEDIA[name.rpartition(".")[2]])
