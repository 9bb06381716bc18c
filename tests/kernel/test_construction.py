"""Values with a quick constructor are the frozen dataclasses that they were."""

import pickle
from copy import copy
from dataclasses import FrozenInstanceError, dataclass, field, replace

import pytest

from emulator.kernel.construction import quick
from emulator.kernel.errors import LocalError


@quick
@dataclass(frozen=True, slots=True)
class Frame:
    octets: bytes
    power: int = 7
    name: str | None = None


@quick
@dataclass(frozen=True, slots=True)
class Heard:
    octets: bytes
    channel: int
    sender: str
    at: int = 0
    power: int = 7


def test_a_value_of_many_fields_is_one_of_its_class_and_frozen() -> None:
    heard = Heard(b"a", 11, sender="x")

    assert type(heard) is Heard
    assert heard == replace(Heard(b"a", 11, "y", 3, 7), sender="x", at=0)
    assert hash(heard) == hash(Heard(b"a", 11, "x", 0))
    assert pickle.loads(pickle.dumps(heard)) == copy(heard) == heard  # noqa: S301 - our own
    with pytest.raises(FrozenInstanceError):
        heard.power = 1  # type: ignore[misc]  # what is tried
    with pytest.raises(FrozenInstanceError):
        del heard.power


def test_it_takes_positions_names_and_defaults() -> None:
    assert Frame(b"a") == Frame(octets=b"a", power=7, name=None)
    assert Frame(b"a", 1, name="x").name == "x"
    assert hash(Frame(b"a")) == hash(Frame(b"a", 7))
    assert repr(Frame(b"a")) == "Frame(octets=b'a', power=7, name=None)"
    assert replace(Frame(b"a"), power=3) == Frame(b"a", 3)


def test_it_refuses_what_it_does_not_know() -> None:
    with pytest.raises(TypeError, match="unexpected keyword argument 'other'"):
        Frame(b"a", other=1)  # type: ignore[call-arg]  # what is tried
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'octets'"):
        Frame()  # type: ignore[call-arg]  # what is tried


def test_it_stays_frozen() -> None:
    frame = Frame(b"a")

    with pytest.raises(FrozenInstanceError):
        frame.power = 1  # type: ignore[misc]  # what is tried


def test_fields_without_slots_or_plain_defaults_are_refused() -> None:
    @dataclass(frozen=True)
    class Open:
        octets: bytes

    @dataclass(frozen=True, slots=True)
    class Made:
        octets: list[int] = field(default_factory=list)

    with pytest.raises(LocalError, match=r"Open\.octets"):
        quick(Open)
    with pytest.raises(LocalError, match=r"Made\.octets"):
        quick(Made)
