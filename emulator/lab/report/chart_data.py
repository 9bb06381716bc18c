"""The sequence chart's rows, packed for the page that draws them.

Columns instead of rows, every text once in a table with the most used first, times as differences,
all octets in one string of base64: 20,000 frames stay a few megabytes.
"""

import base64
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain, pairwise
from typing import Any, Final

from emulator.lab.kept.result import ChartRow, RunResult, Step

LAYERS: Final = ("mac", "nwk", "aps", "zdo", "zcl", "gbcs", "ack")
"""The chart's layers; `ack` is the acknowledgement frame, which the page hides at first."""

BROADCAST: Final = -1
NOBODY: Final = -2
_NAMELESS: Final = {"*": BROADCAST, "?": NOBODY}
_ACKNOWLEDGEMENT: Final = 2
"""Frame type of an acknowledgement (IEEE 802.15.4-2006 7.2.1.1.1, Table 79)."""


def chart_data(result: RunResult) -> dict[str, Any]:
    """What the chart on the page is drawn from, ready for `json.dumps`."""
    return pack_chart(result.chart, [row.name for row in result.devices], result.steps)


def pack_chart(
    chart: Iterable[ChartRow], devices: Sequence[str], steps: Iterable[Step] = ()
) -> dict[str, Any]:
    """Rows of a chart as columns, ready for `json.dumps`; also a part of one that still grows.

    Args:
        chart: in any order.
        devices: names in the order of their lifelines.
        steps: that the chart marks.
    """
    rows = sorted(chart, key=lambda row: row.at)
    names = _names(devices, rows)
    labels = _table(row.label for row in rows)
    security = _table(row.security for row in rows)
    lines = _table(chain.from_iterable(row.detail for row in rows))
    return {
        "names": list(names),
        "layers": list(LAYERS),
        "labels": list(labels),
        "security": list(security),
        "lines": list(lines),
        "at": [after - before for before, after in pairwise([0, *(row.at for row in rows)])],
        "source": [_place(names, row.source) for row in rows],
        "destination": [_place(names, row.destination) for row in rows],
        "label": [labels[row.label] for row in rows],
        "layer": [LAYERS.index(_layer(row)) for row in rows],
        "secured": [security[row.security] for row in rows],
        "detail": [[lines[line] for line in row.detail] for row in rows],
        "length": [len(row.psdu) for row in rows],
        "psdu": base64.b64encode(b"".join(row.psdu for row in rows)).decode(),
        "steps": [[step.name, step.start, step.end, step.verdict.value] for step in steps],
    }


def _layer(row: ChartRow) -> str:
    if row.layer == "mac" and row.psdu and row.psdu[0] & 0b111 == _ACKNOWLEDGEMENT:
        return "ack"
    return row.layer


def _names(known: Sequence[str], rows: Iterable[ChartRow]) -> dict[str, int]:
    """Lifelines in the order of the device list, then whoever else was heard."""
    heard = Counter(chain.from_iterable((row.source, row.destination) for row in rows))
    ordered = dict.fromkeys([*(name for name in known if name in heard), *heard])
    lifelines = (name for name in ordered if name not in _NAMELESS)
    return {name: place for place, name in enumerate(lifelines)}


def _table(texts: Iterable[str]) -> dict[str, int]:
    """Each text once with its place in the table, the most used first."""
    return {text: place for place, (text, _) in enumerate(Counter(texts).most_common())}


def _place(names: dict[str, int], name: str) -> int:
    return _NAMELESS[name] if name in _NAMELESS else names[name]
