"""What an attribute or method is called: class, object, logical name and member in one."""

from dataclasses import dataclass

from emulator.cosem.interface_classes import INTERFACE_CLASSES
from emulator.cosem.layouts import Layout
from emulator.cosem.logical_names import format_obis
from emulator.cosem.objects import cosem_objects


@dataclass(frozen=True, slots=True)
class CosemName:
    """Every name of one attribute or method.

    Args:
        object: what SMETS calls the object; empty when it is not known.
        interface_class: name of the class, or `class 99` when it is not known.
        logical_name: of the object.
        member: of the attribute or method, or `attribute 9`, `method 9` when it is not known.
        layout: names of the parts of its value, or of a method's parameters.
        result: names of the parts of what a method answers with.
    """

    object: str
    interface_class: str
    logical_name: str
    member: str
    layout: Layout = ()
    result: Layout = ()

    def __str__(self) -> str:
        """All of it in one line: `Standing Charge.unit_charge_active (Charge, 0-0:19.20.4.255)`."""
        subject = self.object or self.interface_class
        return f"{subject}.{self.member} ({self.interface_class}, {self.logical_name})"


def cosem_name(class_id: int, obis: bytes, member: int, *, method: bool = False) -> CosemName:
    """What an attribute, or a method, of an object is called.

    Args:
        class_id: interface class.
        obis: logical name, 6 octets.
        member: number of the attribute or method.
        method: whether the number is that of a method.
    """
    known = cosem_objects().get((class_id, obis))
    described = INTERFACE_CLASSES.get(class_id)
    object_name = known.name if known else ""
    logical_name = format_obis(obis)
    kind = "method" if method else "attribute"
    if described is None:
        return CosemName(object_name, f"class {class_id}", logical_name, f"{kind} {member}")
    names = described.methods if method else described.attributes
    name = names.get(member, f"{kind} {member}")
    layouts = {**described.layouts, **(known.layouts if known else {})}
    return CosemName(
        object_name,
        described.name,
        logical_name,
        name,
        layouts.get(name, ()),
        layouts.get(f"{name}:result", ()),
    )


def selection_layout(class_id: int, selector: int) -> Layout:
    """Names for the parameters of a selective access."""
    described = INTERFACE_CLASSES.get(class_id)
    return () if described is None else described.selections.get(selector, ())
