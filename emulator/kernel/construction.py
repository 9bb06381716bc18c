"""Values of which a run makes millions, made in half the time.

The constructor of a frozen dataclass sets every field through `object.__setattr__`, which looks the
field up by its name. Where the class has slots, each slot can be set directly. A value of many
fields is filled while it is one of a class of the same slots that is not frozen: the interpreter
then sets a field in no time, and what is left is to change the class twice.
"""

from dataclasses import MISSING, fields
from typing import Any, Final, TypeVar

from emulator.kernel.errors import LocalError

AnyValue = TypeVar("AnyValue")

_MANY: Final = 4
"""Fields from which on it is quicker to change the class twice than to call every slot."""
_SET_CLASS: Final = vars(object)["__class__"].__set__


def quick(cls: type[AnyValue]) -> type[AnyValue]:
    """The same frozen dataclass with slots, and a constructor of the same signature.

    Raises:
        LocalError: when its fields have no slots, or are more than positions with plain defaults.
    """
    declared = fields(cls)  # type: ignore[arg-type]  # a dataclass, as its decorator below says
    names: dict[str, Any] = {}
    parameters: list[str] = []
    for each in declared:
        setter = getattr(cls.__dict__.get(each.name), "__set__", None)
        plain = each.init and not each.kw_only and each.default_factory is MISSING
        if setter is None or not plain or hasattr(cls, "__post_init__"):
            raise LocalError(f"{cls.__name__}.{each.name} is no plain field with a slot")
        names[f"_set_{each.name}"] = setter
        names[f"_default_{each.name}"] = each.default
        parameters.append(
            each.name if each.default is MISSING else f"{each.name}=_default_{each.name}"
        )
    lines = [f"def __init__({', '.join(('self', *parameters))}):"]
    if len(declared) < _MANY or cls.__bases__ != (object,):
        lines += [f" _set_{each.name}(self, {each.name})" for each in declared]
    else:
        slots = {"__slots__": tuple(each.name for each in declared)}
        names |= {"_set_class": _SET_CLASS, "_open": type(cls.__name__, (), slots), "_closed": cls}
        lines.append(" _set_class(self, _open)")
        lines += [f" self.{each.name} = {each.name}" for each in declared]
        lines.append(" self.__class__ = _closed")
    code = compile("\n".join(lines), f"<{cls.__name__}>", "exec")
    exec(code, names)  # noqa: S102 - made from declarations in source code, as dataclasses does
    made = names["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    made.__annotations__ = cls.__init__.__annotations__
    cls.__init__ = made  # type: ignore[method-assign]  # the same signature
    return cls
