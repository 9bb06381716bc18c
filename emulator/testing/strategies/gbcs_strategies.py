"""Strategies for GBCS messages: use cases, the values of their commands, whole messages."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any, Final

from hypothesis import strategies as st

from emulator.gbcs.commands.build import command_message, value_names
from emulator.gbcs.commands.heading import CommandHeading
from emulator.gbcs.commands.kinds import kind
from emulator.gbcs.commands.template import Hole
from emulator.gbcs.commands.values import LIST
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.other_information import OtherInformation
from emulator.gbcs.pki import organisation
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs.use_cases.catalogue import use_cases
from emulator.gbcs.use_cases.record import UseCase
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64
from emulator.kernel.units import DEFAULT_START

COUNTERS: Final = st.integers(1, (1 << 32) - 1)
_SUPPLIER: Final = organisation(RemotePartyRole.SUPPLIER).eui64


def eui64s() -> st.SearchStrategy[Eui64]:
    """Identifiers that a device or a party can have."""
    return st.integers(1, 0xFFFF_FFFF_FFFF_FFFE).map(Eui64)


@cache
def commandable(device: str | None = None) -> tuple[UseCase, ...]:
    """The use cases of which a command can be made, by message code.

    Args:
        device: only those for this type of device.
    """
    return tuple(
        each
        for each in use_cases()
        if (device is None or device in each.devices) and _has_template(each)
    )


def command_values(use_case: UseCase) -> st.SearchStrategy[Mapping[str, object]]:
    """Values by name that make a command of a use case; optional ones are there or not."""
    drawn = {hole.name: _values(hole) for hole in value_names(use_case) if hole.required}
    others = {hole.name: _values(hole) for hole in value_names(use_case) if not hole.required}
    return st.fixed_dictionaries(drawn, optional=others).map(
        lambda values: values if _makes(use_case, values) else examples(use_case)
    )


def examples(use_case: UseCase) -> dict[str, object]:
    """The example of each value that has to be there."""
    return {hole.name: _example(hole) for hole in value_names(use_case) if hole.required}


def gbcs_commands(
    device: str | None = None,
    *,
    recipient: st.SearchStrategy[Eui64] | None = None,
    originator: Eui64 = _SUPPLIER,
) -> st.SearchStrategy[Message]:
    """Commands of every use case, with drawn values, counters and devices, not protected yet.

    Args:
        device: only use cases for this type.
        recipient: the device; any unless given.
        originator: who sends them.
    """
    return st.tuples(
        st.sampled_from(commandable(device)).flatmap(
            lambda use_case: st.tuples(st.just(use_case), command_values(use_case))
        ),
        eui64s() if recipient is None else recipient,
        COUNTERS,
    ).map(lambda drawn: _message(*drawn[0], drawn[1], originator, drawn[2]))


def gbcs_messages() -> st.SearchStrategy[Message]:
    """Messages that encode, whatever their payload says: commands, responses and alerts."""
    return st.builds(
        Message,
        cra=st.sampled_from(Cra),
        counter=st.integers(0, (1 << 64) - 1),
        originator=eui64s(),
        recipient=eui64s(),
        date_time=st.one_of(st.just(b""), st.binary(min_size=12, max_size=12)),
        other_information=st.builds(OtherInformation, st.integers(0, 0xFFFF)),
        payload=st.binary(max_size=200),
        signature=st.one_of(st.just(b""), st.binary(min_size=64, max_size=64)),
        mac=st.binary(min_size=12, max_size=12),
    )


def _has_template(use_case: UseCase) -> bool:
    try:
        value_names(use_case)
    except UsageError:
        return False
    return _makes(use_case, examples(use_case))


def _message(
    use_case: UseCase,
    values: Mapping[str, object],
    recipient: Eui64,
    originator: Eui64,
    counter: int,
) -> Message:
    heading = CommandHeading(
        originator=originator, recipient=recipient, counter=counter, issued=DEFAULT_START
    )
    return command_message(use_case, values, heading)


def _makes(use_case: UseCase, values: Mapping[str, object]) -> bool:
    """Whether a command can be made of these values; some have to hang together."""
    try:
        _message(use_case, values, _SUPPLIER, _SUPPLIER, 1)
    except UsageError:
        return False
    return True


def _values(hole: Hole) -> st.SearchStrategy[Any]:
    if hole.kind != LIST:
        return _of_kind(hole.kind)
    if any(not each.name for each in hole.of):
        return st.lists(_values(hole.of[0]), min_size=1, max_size=3)
    needed = {each.name: _values(each) for each in hole.of if each.required}
    return st.lists(st.fixed_dictionaries(needed), min_size=1, max_size=3)


def _of_kind(name: str) -> st.SearchStrategy[Any]:
    """Values of a kind; the example alone where the kind does not tell its bounds."""
    family, _, detail = name.partition(":")
    if family == "enum":
        return st.sampled_from([each.partition("=")[0] for each in detail.split("|")])
    if family == "octets" and detail:
        bounds = [int(each) for each in detail.split("-")]
        return st.binary(min_size=bounds[0], max_size=bounds[-1]).map(bytes.hex)
    if family == "decimal":
        return st.integers(0, 10_000).map(lambda n: str(Decimal(n).scaleb(-int(detail))))
    return _PLAIN[family] if family in _PLAIN else st.just(kind(name).example)


_PLAIN: Final[Mapping[str, st.SearchStrategy[Any]]] = {
    "number": st.integers(0, 0x7F),
    "boolean": st.booleans(),
    "flag": st.booleans(),
    "eui64": eui64s().map("{:016X}".format),
}


def _example(hole: Hole) -> object:
    if hole.kind != LIST:
        return "3000" if hole.kind == "certificate" else kind(hole.kind).example
    if any(not each.name for each in hole.of):
        return [_example(hole.of[0])]
    return [{each.name: _example(each) for each in hole.of if each.required}]
