import os
import subprocess
import sys
from pathlib import Path

import pytest

from emulator.crypto.accelerator import (
    SWITCH,
    Libcrypto,
    available,
    default_backend,
    describe,
    find,
    libcrypto,
    self_test,
)
from emulator.crypto.binary_curve import SECT163K1, SECT283K1, BinaryCurve, Point
from emulator.crypto.scalar_multiplication import PurePython
from emulator.kernel.errors import EnvironmentFault
from emulator.testing.judges.judges import require

ASK = "from emulator.crypto import accelerator as a; print(a.available(), a.describe(), sep='|')"


@pytest.fixture(scope="module")
def library() -> Libcrypto:
    found = libcrypto()
    require("libcrypto", found is not None, "OpenSSL 3 with binary curves, as Debian's libssl3")
    assert found is not None
    return found


class WrongMultiple(PurePython):
    """Returns another point for one kind of question."""

    def __init__(self, curve: BinaryCurve, result: Point | None) -> None:
        self._curve = curve
        self._result = result

    def multiply(self, curve: BinaryCurve, scalar: int, point: Point) -> Point | None:
        right = super().multiply(curve, scalar, point)
        return self._result if curve is self._curve else right


class WrongSum(PurePython):
    """Forgets the second summand, or never comes to infinity."""

    def __init__(self, *, only_infinity: bool) -> None:
        self._only_infinity = only_infinity

    def multiply_sum(self, curve: BinaryCurve, a: int, p: Point, b: int, q: Point) -> Point | None:
        right = super().multiply_sum(curve, a, p, b, q)
        wrong = super().multiply(curve, a, p)
        return wrong if right is None or not self._only_infinity else right


def asked(switch: str | None) -> tuple[str, str]:
    """What a fresh interpreter says about its backend."""
    environment = {name: value for name, value in os.environ.items() if name != SWITCH}
    if switch is not None:
        environment[SWITCH] = switch
    answer = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=Path(__file__).parents[2],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    found, _, described = answer.stdout.strip().partition("|")
    return found, described


def test_plain_python_passes_the_self_test() -> None:
    assert self_test(PurePython())


@pytest.mark.parametrize("curve", [SECT163K1, SECT283K1], ids=lambda curve: str(curve.name))
def test_wrong_multiples_fail_the_self_test(curve: BinaryCurve) -> None:
    assert not self_test(WrongMultiple(curve, curve.generator))
    assert not self_test(WrongMultiple(curve, None))


@pytest.mark.parametrize("only_infinity", [True, False])
def test_wrong_sums_fail_the_self_test(only_infinity: bool) -> None:
    assert not self_test(WrongSum(only_infinity=only_infinity))


def test_library_passes_the_self_test(library: Libcrypto) -> None:
    assert self_test(library)
    assert library.version.startswith("OpenSSL")


@pytest.mark.parametrize("curve", [SECT163K1, SECT283K1], ids=lambda curve: str(curve.name))
def test_library_knows_infinity(library: Libcrypto, curve: BinaryCurve) -> None:
    base = curve.generator

    assert library.multiply(curve, 0, base) is None
    assert library.multiply(curve, curve.order, base) is None
    assert library.multiply_sum(curve, 3, base, -3, base) is None


def test_library_takes_scalars_beyond_the_order(library: Libcrypto) -> None:
    base = SECT163K1.generator

    assert library.multiply(SECT163K1, SECT163K1.order + 2, base) == SECT163K1.double(base)
    assert library.multiply(SECT163K1, -1, base) == SECT163K1.negate(base)


def test_library_refuses_a_point_off_the_curve(library: Libcrypto) -> None:
    with pytest.raises(EnvironmentFault, match="refused a calculation on sect163k1"):
        library.multiply(SECT163K1, 2, Point(3, 4))


@pytest.mark.parametrize("name", ["no-such-library.so", "libc.so.6", ""])
def test_another_library_is_no_libcrypto(name: str) -> None:
    with pytest.raises(EnvironmentFault, match="is no usable libcrypto"):
        Libcrypto(name)


def test_first_usable_library_is_found(library: Libcrypto) -> None:
    found = find(["no-such-library.so", "libcrypto.so.3", "never-reached.so"])

    assert found is not None
    assert found.version == library.version


def test_nothing_is_found_where_there_is_nothing() -> None:
    assert find(["no-such-library.so", ""]) is None


def test_default_backend_is_decided_once() -> None:
    assert default_backend() is default_backend()
    assert available() is isinstance(default_backend(), Libcrypto)
    assert describe()


@pytest.mark.parametrize("switch", ["off", " OFF "])
def test_library_can_be_switched_off(switch: str) -> None:
    assert asked(switch) == ("False", f"plain Python ({SWITCH}=off)")


@pytest.mark.parametrize("switch", [None, "", "on"])
def test_library_is_used_where_it_is_there(library: Libcrypto, switch: str | None) -> None:
    assert asked(switch) == ("True", f"{library.version} through ctypes")
