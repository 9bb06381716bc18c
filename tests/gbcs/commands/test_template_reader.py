from collections.abc import Iterator

import pytest

from emulator.dlms.descriptors import AccessKind
from emulator.gbcs.commands.kinds import kind
from emulator.gbcs.commands.template import Each, Fields, Hole, Node, Parts, Reference, When
from emulator.gbcs.commands.template_reader import template, templates
from emulator.gbcs.use_cases.catalogue import use_case
from emulator.kernel.errors import UsageError


def test_a_template_is_found_by_its_use_case() -> None:
    add = template(use_case(0x0001))

    assert [item.kind for item in add.dlms] == [AccessKind.ACTION, AccessKind.SET, AccessKind.SET]
    assert (add.gbz, add.asn1) == ((), None)
    assert add.holes[0].clause == "CHTS 4.5.1.2"


def test_there_is_none_for_an_alert() -> None:
    with pytest.raises(UsageError, match="00CC Future Dated"):
        template(use_case(0x00CC))


def test_every_template_is_written_in_one_way() -> None:
    for each in templates().values():
        ways = (bool(each.dlms), bool(each.gbz), each.asn1 is not None)
        assert sum(ways) == 1, f"{each.code:04X}"


def test_every_value_fills_a_hole_and_every_hole_has_a_value() -> None:
    for each in templates().values():
        named = set(_references(each.code))
        held = set(_names(each.holes))
        assert named == held, f"{each.code:04X}: {named ^ held}"


def test_every_value_is_of_a_known_kind() -> None:
    for each in templates().values():
        for hole in _all(each.holes):
            assert hole.kind == "list" or kind(hole.kind).expected, hole.name


def _all(holes: tuple[Hole, ...]) -> Iterator[Hole]:
    for hole in holes:
        yield hole
        yield from _all(hole.of)


def _names(holes: tuple[Hole, ...]) -> Iterator[str]:
    return (hole.name for hole in _all(holes) if hole.name)


def _references(code: int) -> Iterator[str]:
    found = templates()[code]
    for item in found.dlms:
        yield from _named(item.when)
        yield from _inside(item.data)
        if item.selection is not None:
            yield from _inside(item.selection)
    for component in found.gbz:
        for name in (component.when, component.each, component.from_date_time):
            yield from _named(name)
        for node in component.payload:
            yield from _inside(node)
    if found.asn1 is not None:
        yield from _inside(found.asn1)


def _inside(node: Node) -> Iterator[str]:
    match node:
        case Reference(_, name):
            yield from _named(name)
        case Each(name, of) | When(name, of):
            yield from _named(name)
            yield from _inside(of)
        case Parts(_, parts):
            for part in parts:
                yield from _inside(part)
        case Fields(fields):
            for part in fields.values():
                yield from _inside(part)
        case _:
            return


def _named(reference: str | None) -> Iterator[str]:
    if reference and not reference.startswith("@"):
        name = reference.lstrip("$#.")
        if name:
            yield name
