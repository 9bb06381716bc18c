from typing import Protocol, runtime_checkable

from emulator.kernel.likeness import is_like


@runtime_checkable
class Counts(Protocol):
    """What is asked for."""

    def count(self) -> int: ...


class Meter:
    """Has it."""

    def count(self) -> int:
        return 1


class Display:
    """Has something else."""

    def show(self) -> int:
        return 1


def test_a_class_is_like_a_protocol_whose_methods_it_has() -> None:
    for _ in range(2):
        assert is_like(Meter, Counts)
        assert not is_like(Display, Counts)
