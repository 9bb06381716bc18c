"""What two runs were made with, where that differs: a change may come of it, not of the device."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from emulator.kernel.json_text import parse_json
from emulator.lab.kept.output_directory import REPORT_JSON

CONDITIONS: Final[Mapping[str, str]] = {
    "hanlab_version": "version of hanlab",
    "service_mode": "service mode",
    "reach": "reach",
    "gbcs_version": "version of GBCS",
    "seed": "seed",
    "keys": "keys",
}
"""Members of a report, by what people call them."""


def otherwise(before: Path, after: Path) -> Sequence[Mapping[str, str]]:
    """The conditions in which the run in one folder differs from that in another.

    Of a folder that holds results alone nothing is known, and nothing told.

    Args:
        before: folder of the first run.
        after: folder of the second run.
    """
    first, second = _report(before), _report(after)
    return [
        {"condition": words, "before": str(first[name]), "after": str(second[name])}
        for name, words in CONDITIONS.items()
        if name in first and name in second and first[name] != second[name]
    ]


def _report(folder: Path) -> Mapping[str, Any]:
    try:
        document = parse_json((folder / REPORT_JSON).read_bytes())
    except (OSError, ValueError):
        return {}
    return document if isinstance(document, dict) else {}
