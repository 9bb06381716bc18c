"""What only an opened case needs: trees, messages, frames, octets, a hundred cases in a piece.

The page reads a piece when somebody opens a case in it, so that it opens as fast with thousands of
cases as with ten.
"""

import base64
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

from emulator.bench.campaigns.results import CaseResult
from emulator.bench.report.texts import Texts
from emulator.bench.running.difference import DIFFERS, Document
from emulator.gbcs.envelope import Message
from emulator.gbcs.meaning.message import explain
from emulator.gbcs.meaning.tree import lines
from emulator.gbcs.payload import decode_payload
from emulator.kernel.errors import LocalError, WireError
from emulator.lab.report.chart_data import BROADCAST, LAYERS, NOBODY

CHUNK: Final = 100
_KEPT: Final = 1_024
"""Messages that are remembered decoded: repeats send the same ones."""
BENCH: Final = "bench"
_HUB: Final = "CHF"
_ACKNOWLEDGEMENT: Final = 2
"""Frame type of an acknowledgement (IEEE 802.15.4-2006 7.2.1.1.1, Table 79)."""
_NAMELESS: Final = {"*": BROADCAST, "?": NOBODY}


@dataclass(slots=True)
class _Chart:
    """What passed, as columns; the page gives each its meaning (chart_model.js)."""

    names: list[str]
    at: list[int] = field(default_factory=list)
    source: list[int] = field(default_factory=list)
    destination: list[int] = field(default_factory=list)
    label: list[int] = field(default_factory=list)
    layer: list[int] = field(default_factory=list)
    secured: list[int] = field(default_factory=list)
    detail: list[list[int]] = field(default_factory=list)
    length: list[int] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)
    octets: bytearray = field(default_factory=bytearray)

    def place(self, name: str) -> int:
        """The lifeline of a name."""
        if name in _NAMELESS:
            return _NAMELESS[name]
        if name not in self.names:
            self.names.append(name)
        return self.names.index(name)

    def document(self) -> dict[str, Any]:
        """The chart, ready for `json.dumps`."""
        columns = "names at source destination label layer secured detail length whole"
        told = {name: getattr(self, name) for name in columns.split()}
        return {**told, "psdu": base64.b64encode(self.octets).decode()}


@dataclass(frozen=True, slots=True)
class _Passed:
    """One row of a chart; `whole` where it is a message and no frame."""

    at: int
    source: str
    destination: str
    label: str
    layer: str
    security: str
    octets: bytes
    detail: tuple[str, ...] = ()
    whole: bool = False


def case_chunks(results: Sequence[CaseResult]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each piece with its number; a piece without anything to open is left out.

    Args:
        results: in the order of the page's columns.
    """
    starts = range(0, len(results) + CHUNK, CHUNK)
    for place, (start, end) in enumerate(pairwise(starts)):
        texts = Texts()
        cases = {
            row: found
            for row in range(start, min(end, len(results)))
            if (found := _case(results[row], texts))
        }
        if cases:
            yield place, {"texts": texts.listed(), "layers": list(LAYERS), "cases": cases}


def _case(result: CaseResult, texts: Texts) -> dict[str, Any]:
    """What is kept of one case; empty where nothing is."""
    found: dict[str, Any] = {}
    for name, tree in (("expected", result.expected), ("seen", result.seen)):
        if tree is not None:
            found[name] = list(_tree_rows(tree, texts))
    if result.hexdump:
        found["hexdump"] = texts.place(result.hexdump)
    if result.again:
        found["again"] = texts.place(result.again)
    passed = sorted((*_messages(result), *_frames(result)), key=lambda each: each.at)
    if passed:
        found["chart"] = _chart(_lifelines(result), passed, texts)
    return found


def _tree_rows(tree: Document, texts: Texts, depth: int = 0) -> Iterator[list[int]]:
    """A tree line by line: depth, label, value, whether it differs."""
    label, value = texts.place(tree["label"]), texts.place(tree.get("value", ""))
    yield [depth, label, value, int(bool(tree.get(DIFFERS)))]
    for child in tree.get("children", ()):
        yield from _tree_rows(child, texts, depth + 1)


def _lifelines(result: CaseResult) -> list[str]:
    """Who stands in the chart from the left: the bench, the hub where there is air, the device."""
    return list(dict.fromkeys((BENCH, *((_HUB,) if result.frames else ()), result.kind)))


def _chart(names: list[str], passed: Iterable[_Passed], texts: Texts) -> dict[str, Any]:
    chart = _Chart(names=names)
    for each in passed:
        chart.at.append(each.at)
        chart.source.append(chart.place(each.source))
        chart.destination.append(chart.place(each.destination))
        chart.label.append(texts.place(each.label))
        chart.layer.append(LAYERS.index(each.layer))
        chart.secured.append(texts.place(each.security))
        chart.detail.append([texts.place(line) for line in each.detail])
        chart.length.append(len(each.octets))
        chart.whole.append(int(each.whole))
        chart.octets += each.octets
    return chart.document()


def _messages(result: CaseResult) -> Iterator[_Passed]:
    """What went between bench and device, decoded."""
    for each in result.messages:
        octets = bytes.fromhex(each.get("octets", ""))  # withheld where a campaign is anonymous
        ends = (BENCH, result.kind)
        source, destination = ends if each["to"] == "device" else ends[::-1]
        security, detail = read_message(octets)
        if "detail" in each:
            security, detail = each["security"], tuple(each["detail"])
        yield _Passed(
            at=each["at"],
            source=source,
            destination=destination,
            label=each["says"],
            layer="gbcs",
            security=security,
            octets=octets,
            detail=detail,
            whole=True,
        )


def _frames(result: CaseResult) -> Iterator[_Passed]:
    """The last frames; the page leaves acknowledgement frames out, as the report of a run does."""
    for each in result.frames:
        octets = bytes.fromhex(each.get("psdu", ""))
        is_ack = octets[:1] and octets[0] & 0b111 == _ACKNOWLEDGEMENT
        yield _Passed(
            at=each["at"],
            source=each["from"],
            destination=each["to"],
            label=each["label"],
            layer="ack" if is_ack else each["layer"],
            security=each["security"],
            octets=octets,
        )


@lru_cache(maxsize=_KEPT)
def read_message(octets: bytes) -> tuple[str, tuple[str, ...]]:
    """How a message is protected, and its lines; nothing of what is no message."""
    try:
        message = Message.decode(octets)
        told = tuple(lines(explain(message, decode_payload(message))))
    except (WireError, LocalError):
        return "", ()
    protections = {"signature": message.signature, "MAC": message.mac}
    return " and ".join(name for name, value in protections.items() if value), told
