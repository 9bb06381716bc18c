"""How each field of a format is shown, read once from the declaration of the format."""

from collections.abc import Callable
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from emulator.kernel.identity import Eui64
from emulator.lab.dissector.words import phrase
from emulator.wire.codecs import Bits, Told
from emulator.wire.plan import FieldPlan
from emulator.wire.struct import Struct
from emulator.zcl.cluster import Attribute
from emulator.zcl.device_ids import DeviceId
from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.aps.commands import TransportKey

HIDDEN: Final = {(TransportKey, "key"), (TransportKey, "rest")}
"""Fields that hold key octets; `rest` does for a type of key that R22 does not list."""

KINDS: Final[dict[str, object]] = {
    "attribute": Attribute,
    "attributes": Attribute,
    "device_id": DeviceId,
    "extended_pending": Eui64,
    "relays": NwkAddress,
    "short_pending": NwkAddress,
}
"""What a field that is declared as a plain number means by its name."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How one field is shown.

    Args:
        kind: what its number, or each of its numbers, is.
        flag: whether it is one bit among others.
        typed: whether another field tells its type.
        present: whether it is there, told by the whole value; None where it always is.
    """

    name: str
    title: str
    kind: object
    hidden: bool
    flag: bool
    typed: bool
    present: Callable[[Any], object] | None

    def silent(self, given: object, owner: Struct) -> bool:
        """Whether the field says nothing: absent, empty, or reserved and zero."""
        if self.typed:
            return self.present is not None and not self.present(owner)
        return given in (None, (), b"") or (given == 0 and "reserved" in self.name)

    def holds(self, given: object) -> bool:
        """Whether `given` is a format inside the format, shown field by field."""
        return isinstance(given, Struct) and not self.typed


def manners(form: type[Struct]) -> tuple[Manner, ...]:
    """How the fields of `form` are shown, in order."""
    hints = get_type_hints(form)
    return tuple(_manner(form, plan, hints[plan.name]) for plan in form.plan)


def _manner(form: type[Struct], plan: FieldPlan, hint: object) -> Manner:
    return Manner(
        plan.name,
        phrase(plan.name),
        KINDS.get(plan.name) or _kind(hint),
        hidden=(form, plan.name) in HIDDEN,
        flag=plan.convert is bool and isinstance(plan.codec, Bits),
        typed=isinstance(plan.codec, Told),
        present=plan.present,
    )


def _kind(hint: Any) -> object:
    """The type of a field, or of its items."""
    if get_origin(hint) in (Union, UnionType):
        hint = next(part for part in get_args(hint) if part is not NoneType)
    return get_args(hint)[0] if get_origin(hint) is tuple else hint
