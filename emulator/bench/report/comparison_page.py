"""A comparison of two runs as one HTML file."""

from collections.abc import Mapping
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from emulator.bench.report.comparison import KINDS
from emulator.lab.report.page_parts import asset, encodable

_MOST_ROWS: Final = 5_000
_FEW_ROWS: Final = 50
"""Cases that are in one run only, and are shown unfolded."""
KIND_WORDS: Final = {
    "regression": "Regressions",
    "fix": "Fixes",
    "otherwise": "Otherwise, no better and no worse",
    "new": "New",
    "gone": "Gone",
}


def comparison_page(document: Mapping[str, Any]) -> str:
    """The page of a comparison, without a script.

    Args:
        document: of the comparison.
    """
    environment = Environment(
        loader=PackageLoader("emulator.bench.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    groups = [
        (kind, [each for each in document["changes"] if each["kind"] == kind]) for kind in KINDS
    ]
    page = environment.get_template("comparison.html.j2").render(
        told=document,
        groups=groups,
        words=KIND_WORDS,
        most=_MOST_ROWS,
        few=_FEW_ROWS,
        style="\n".join((asset("page.css"), asset("campaign.css", "emulator.bench.report"))),
    )
    return encodable(page)
