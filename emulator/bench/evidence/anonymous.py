"""A campaign without identities: its report.json, and each of its results (SEC H14.40, H14.44).

Octets of messages and frames are withheld whole: they hold EUI-64s, certificates and supply point
numbers, and replacing those would break what protects them. Decoded, they stay.
"""

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from emulator.bench.campaigns.results import CaseResult
from emulator.bench.evidence.identities import WITHHELD, Identities
from emulator.bench.report.campaign_document import case_document, results_digest
from emulator.bench.report.case_chunks import read_message
from emulator.bench.running.difference import Document
from emulator.lab.kept.result import Verdict

CAMPAIGN_FILE: Final = "campaign.toml"
WHAT: Final = (
    "Anonymous (SEC H14.40). Replaced, the same by the same: names of devices, files and the "
    "campaign; manufacturers, models, firmware, EUI-64s, MPxNs. Withheld: octets of messages and "
    "frames, what is labelled as a serial number or alike, digests of inputs, captures."
)
TEXTS_WITHHELD: Final = "Withheld: reasons of agreed deviations and of profiles."
TEXTS_KEPT: Final = "Kept: reasons of agreed deviations and of profiles, as people wrote them."
"""What anonymising does, in words for people."""


def anonymous_result(result: CaseResult, known: Identities, *, keep_texts: bool) -> CaseResult:
    """A result without identities.

    Args:
        result: as it was kept.
        known: identities, and what stands for them.
        keep_texts: whether reasons that people wrote stay, without the words that are known.
    """
    text, device = known.text, known.devices.get(result.device, WITHHELD)
    wanted = shlex.quote(f"{device}:{text(result.case)}")
    return replace(
        result,
        device=device,
        case=text(result.case),
        clause=text(result.clause),
        use_case=text(result.use_case),
        title=text(result.title),
        clauses=tuple(map(text, result.clauses)),
        tags=tuple(map(text, result.tags)),
        field=text(result.field),
        reason=text(result.reason),
        expected=_tree(result.expected, known),
        seen=_tree(result.seen, known),
        hexdump=WITHHELD if result.hexdump else "",
        messages=tuple(_message(each, known) for each in result.messages),
        frames=tuple(_frame(each, known) for each in result.frames),
        profile=_written(result.profile, known, keep_texts=keep_texts),
        waiver=_written(result.waiver, known, keep_texts=keep_texts),
        again=f"hanlab bench run {CAMPAIGN_FILE} --case {wanted}" if result.again else "",
    )


def anonymous_document(
    document: Mapping[str, Any],
    results: Sequence[CaseResult],
    known: Identities,
    *,
    keep_texts: bool,
) -> dict[str, Any]:
    """A report.json without identities.

    Args:
        document: as it was written.
        results: without identities already.
        known: identities, and what stands for them.
        keep_texts: whether reasons that people wrote stay.
    """

    def written(text: str) -> str:
        return _written(text, known, keep_texts=keep_texts)

    told: dict[str, Any] = known.value({**document, "cases": []})
    told["campaign"] = "campaign"
    told["source"] = CAMPAIGN_FILE
    told["inputs"] = []
    told["results_sha256"] = results_digest(results)
    told["tools"] = dict(document["tools"])
    told["clauses"] = {known.text(name): count for name, count in document["clauses"].items()}
    told["devices"] = [
        {
            **known.value(each),
            "name": known.devices[each["name"]],
            "without": {name: written(reason) for name, reason in each["without"].items()},
        }
        for each in document["devices"]
    ]
    told["waivers"] = [
        {
            **known.value(each),
            "device": known.devices.get(each["device"], ""),
            "reason": written(each["reason"]),
        }
        for each in document["waivers"]
    ]
    told["cases"] = [case_document(each) for each in results if each.verdict != Verdict.PASS.value]
    return told


def _written(text: str, known: Identities, *, keep_texts: bool) -> str:
    """What a person wrote: only who reads it knows whom it names."""
    if not text:
        return ""
    return known.text(text) if keep_texts else WITHHELD


def _tree(tree: Document | None, known: Identities) -> Document | None:
    """A tree without identities; what is under a telling label is gone whole."""
    if tree is None:
        return None
    told = {**tree, "label": known.text(tree["label"])}
    if "value" in tree:
        told["value"] = known.labelled(tree["label"], tree["value"])
    if told.get("value") == WITHHELD:
        told.pop("children", None)
    if "children" in told:
        told["children"] = [_tree(each, known) for each in told["children"]]
    return told


def _message(message: Mapping[str, Any], known: Identities) -> dict[str, Any]:
    """A message without its octets, decoded instead."""
    security, lines = read_message(bytes.fromhex(message["octets"]))
    told = {"says": known.text(message["says"]), "detail": [known.line(each) for each in lines]}
    rest = {name: message[name] for name in ("at", "to")}
    return {**rest, **told, "security": security}


def _frame(frame: Mapping[str, Any], known: Identities) -> dict[str, Any]:
    """A frame without its octets; its layer is one of ours, whatever a device is called."""
    told = {name: known.value(value) for name, value in frame.items() if name != "psdu"}
    return told | {"layer": frame["layer"]} if "layer" in frame else told
