"""Reads templates from JSON lines, as `emulator.gbcs.commands.template` says they are written."""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from emulator.cosem.logical_names import parse_obis
from emulator.dlms.descriptors import AccessKind
from emulator.gbcs.commands.template import (
    REQUIRED,
    Constant,
    DlmsItem,
    Each,
    Fields,
    GbzItem,
    Hole,
    Node,
    Parts,
    Reference,
    Template,
    When,
)
from emulator.gbcs.use_cases.record import UseCase
from emulator.kernel.errors import UsageError

_DATA: Final = "templates.jsonl"
_KEYS: Final = ("values", "dlms", "gbz", "asn1")
_PARTS: Final = ("structure", "array")
_NAMED: Final[Mapping[str, Callable[[str, Node], Node]]] = {"each": Each, "when": When}
_MARKS: Final = ("$", "@", "#")


def template(use_case: UseCase) -> Template:
    """How the commands of a use case are made.

    Raises:
        UsageError: when none are made of it: it is an alert, or no source shows its command.
    """
    if use_case.command is not None:
        return _own_template(use_case)
    found = _templates().get(use_case.code)
    if found is None:
        raise UsageError(f"no command can be made of {use_case.code:04X} {use_case}")
    return found


def has_template(use_case: UseCase) -> bool:
    """Whether commands can be made of a use case."""
    return use_case.command is not None or use_case.code in _templates()


def _own_template(use_case: UseCase) -> Template:
    """The template that a record brings along."""
    try:
        made = _template({"code": f"{use_case.code:04X}", **(use_case.command or {})})
    except UsageError as refusal:
        raise UsageError(f"field 'command': {refusal}") from refusal
    except (LookupError, TypeError, ValueError, AttributeError) as fault:
        told = f"{type(fault).__name__}: {fault}"
        raise UsageError(f"field 'command': no template of a command: {told}") from fault
    strange = [each for each in use_case.command or {} if each not in _KEYS]
    if strange or not (made.dlms or made.gbz or made.asn1 is not None):
        found = f"{strange[0]!r}" if strange else "nothing to say"
        raise UsageError(f"field 'command': {found}, expected values, and dlms, gbz or asn1")
    return made


def templates() -> Mapping[int, Template]:
    """Every template by message code."""
    return _templates()


def command_document(use_case: UseCase) -> Mapping[str, Any] | None:
    """How the commands of a use case are made, as a record says it; None where none are."""
    if use_case.command is not None:
        return use_case.command
    for record in _records():
        if int(record["code"], 16) == use_case.code:
            return {name: value for name, value in record.items() if name != "code"}
    return None


@cache
def _templates() -> Mapping[int, Template]:
    return MappingProxyType({each.code: each for each in map(_template, _records())})


@cache
def _records() -> Sequence[Mapping[str, Any]]:
    """The lines of the package's file, without its provenance."""
    lines = files(__package__).joinpath(_DATA).read_text("utf-8").splitlines()
    return tuple(map(json.loads, lines[1:]))


def _template(record: Mapping[str, Any]) -> Template:
    return Template(
        code=int(record["code"], 16),
        holes=tuple(_hole(name, value) for name, value in record.get("values", {}).items()),
        dlms=tuple(map(_dlms_item, record.get("dlms", ()))),
        gbz=tuple(map(_gbz_item, record.get("gbz", ()))),
        asn1=_node(record["asn1"]) if "asn1" in record else None,
    )


def _hole(name: str, record: Mapping[str, Any]) -> Hole:
    return Hole(
        name,
        record["kind"],
        record.get("default", REQUIRED),
        record.get("optional", False),
        record.get("clause", ""),
        record.get("unit", ""),
        tuple(_hole(inner, value) for inner, value in record.get("of", {}).items()),
    )


def _dlms_item(record: Mapping[str, Any]) -> DlmsItem:
    verb, class_id, obis, member, *data = record["do"]
    selection = record.get("select")
    return DlmsItem(
        kind=AccessKind[verb],
        class_id=class_id,
        obis=parse_obis(obis),
        member=member,
        data=_node(data[0] if data else "null"),
        selector=None if selection is None else selection[0],
        selection=None if selection is None else _node(selection[1]),
        when=_optional_name(record.get("when")),
    )


def _gbz_item(record: Mapping[str, Any]) -> GbzItem:
    cluster, frame_control, command = (int(part, 16) for part in record["do"])
    return GbzItem(
        cluster=cluster,
        frame_control=frame_control,
        command=command,
        payload=tuple(map(_node, record.get("payload", ()))),
        from_date_time=record.get("from"),
        each=_optional_name(record.get("each")),
        when=_optional_name(record.get("when")),
    )


def _optional_name(reference: str | None) -> str | None:
    return None if reference is None else reference.removeprefix("$")


def _node(written: Any) -> Node:
    if isinstance(written, dict):
        return Fields(MappingProxyType({name: _node(part) for name, part in written.items()}))
    if isinstance(written, str):
        return Constant(f"{written}-data", None)
    first, *rest = written
    if first in _PARTS:
        return Parts(first, tuple(map(_node, rest)))
    if first in _NAMED:
        return _NAMED[first](rest[0].removeprefix("$"), _node(rest[1]))
    (value,) = rest
    referring = isinstance(value, str) and value.startswith(_MARKS)
    return Reference(first, value) if referring else Constant(first, value)
