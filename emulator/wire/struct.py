"""`Struct`: a wire format declared as a class, compiled to one encode and one decode function.

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
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self, dataclass_transform

from emulator.kernel.errors import LocalError, WireError
from emulator.wire.compiler import compile_struct
from emulator.wire.plan import FieldPlan, Span, plan_fields


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Struct:
    """Base of every declared format; subclasses become frozen dataclasses."""

    plan: ClassVar[tuple[FieldPlan, ...]] = ()
    """The declaration, field by field, as codecs."""

    _take: ClassVar[Callable[[bytes, int, int], tuple[Any, int]]]
    _spans: ClassVar[Callable[[bytes, int, int], tuple[Any, int, list[Span]]]]

    def __init_subclass__(cls) -> None:
        dataclass(frozen=True, init=False)(cls)
        cls.plan = plan_fields(cls, Struct)
        compiled = compile_struct(cls, cls.plan)
        cls.encode = compiled.encode  # type: ignore[method-assign, assignment]  # compiled
        cls.__init__ = compiled.construct  # type: ignore[method-assign]  # compiled
        cls._take = compiled.take
        cls.take = staticmethod(compiled.take)  # type: ignore[method-assign, assignment]  # compiled
        cls._spans = compiled.spans

    def encode(self) -> bytes:
        """The octets on the wire.

        Raises:
            LocalError: when a value does not fit its field; names the field.
        """
        raise LocalError(f"{type(self).__name__} declares no format")

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
