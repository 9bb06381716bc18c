"""`Struct`: a wire format declared as a class, compiled to one encode and one decode function.

It is compiled when it is first used: a program declares many formats and needs few of them.

    class Beacon(Struct):
        frame_type: Annotated[FrameType, Bits(3)]
        permit: Flag
        spare: Annotated[int, Bits(4)]
        source: U16
        parent: Annotated[Eui64 | None, UInt(8), When(lambda beacon: beacon.permit)] = None
        payload: Remaining = b""

Decode is total: any octets give a value or a `WireError` that names the field and the octet.
"""

from collections.abc import Callable
from dataclasses import FrozenInstanceError, dataclass, field
from typing import Any, ClassVar, Self, dataclass_transform

from emulator.kernel.errors import LocalError, WireError
from emulator.wire.compiler import compile_spans, compile_struct
from emulator.wire.plan import FieldPlan, Span, plan_fields
from emulator.wire.runs import runs


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Struct:
    """Base of every declared format; subclasses become frozen dataclasses."""

    plan: ClassVar[tuple[FieldPlan, ...]] = ()
    """The declaration, field by field, as codecs."""

    _take: ClassVar[Callable[[bytes, int, int], tuple[Any, int]]]
    _spans: ClassVar[Callable[[bytes, int, int], tuple[Any, int, list[Span]]]]
    _compiled: ClassVar[bool]

    def __init_subclass__(cls) -> None:
        if Struct not in cls.__bases__:
            raise LocalError(f"{cls.__name__}: a format is declared whole, not on top of another")
        dataclass(init=False, repr=False, eq=False)(cls)
        cls.plan = plan_fields(cls, Struct)
        runs(cls.plan)
        cls._take, cls._spans, cls._compiled = cls._first_take, cls._first_spans, False

    def __init__(self, *values: Any, **named: Any) -> None:
        self._compile()
        type(self).__init__(self, *values, **named)

    def encode(self) -> bytes:
        """The octets on the wire.

        Raises:
            LocalError: when a value does not fit its field; names the field.
        """
        self._compile()
        return type(self).encode(self)

    @classmethod
    def decode(cls, data: bytes) -> Self:
        """The value that `data` is, all of it.

        Raises:
            WireError: when the octets are no such value, or some are left over.
        """
        value, after = cls._take(data, 0, len(data))
        if after != len(data):
            raise WireError(cls.__name__, after, f"{len(data) - after} octets left over")
        return value  # type: ignore[no-any-return]  # compiled for this very class

    @classmethod
    def take(cls, data: bytes, at: int = 0) -> tuple[Self, int]:
        """The value that starts at octet `at`, and the octet after it.

        Raises:
            WireError: when the octets from there are no such value.
        """
        return cls._take(data, at, len(data))

    @classmethod
    def layout(cls, data: bytes) -> tuple[Span, ...]:
        """Which octets of `data` each field occupies, nested ones included.

        Raises:
            WireError: as `take`.
        """
        return tuple(cls._spans(data, 0, len(data))[2])

    @classmethod
    def _first_take(cls, data: bytes, at: int, end: int) -> tuple[Any, int]:
        cls._compile()
        return cls._take(data, at, end)

    @classmethod
    def _first_spans(cls, data: bytes, at: int, end: int) -> tuple[Any, int, list[Span]]:
        cls._spans = compile_spans(cls, cls.plan)
        return cls._spans(data, at, end)

    @classmethod
    def _compile(cls) -> None:
        """Put the compiled functions in place of those that call this."""
        if cls is Struct:
            raise LocalError(f"{cls.__name__} declares no format")
        if cls._compiled:
            return
        made = compile_struct(cls, cls.plan)
        cls.encode = made.encode  # type: ignore[method-assign, assignment]  # compiled
        cls.__init__ = made.construct  # type: ignore[method-assign]  # compiled
        cls._take = made.take
        cls.take = staticmethod(made.take)  # type: ignore[method-assign, assignment]  # compiled
        cls._compiled = True

    def __setattr__(self, name: str, value: object) -> None:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash(tuple(self.__dict__.values()))

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={value!r}" for name, value in self.__dict__.items())
        return f"{type(self).__qualname__}({values})"
