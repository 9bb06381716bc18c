"""Top-up codes are worth what they say, once, if who judges them believes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.key_store import KeyUse
from emulator.gbcs.utrn import TokenKey, TopUp, Utrn, ValueClass, build_utrn
from emulator.gbcs_device.gbz.state.tokens import (
    CheckDigitJudge,
    KeyJudge,
    TakenTokens,
    token_of,
    worth,
)
from emulator.kernel.errors import LocalError
from emulator.kernel.identity import Eui64
from emulator.testing.judges.reference_data import reference_keys
from emulator.testing.scenes.gbcs_scene import METER, gbcs_scene
from emulator.testing.scenes.gbz_scene import METER as REFERENCE_METER
from emulator.testing.scenes.gbz_scene import SUPPLIER

REFERENCE_CODE = b"73950067887105178605"
"""12.50 pounds under counter 6, of the command of CS01b."""
REFERENCE_TOKEN = Utrn.parse(REFERENCE_CODE.decode())


@pytest.mark.parametrize(
    ("top_up", "value"),
    [
        (TopUp(1250, ValueClass.PENCE, 6), 1_250_000),
        (TopUp(12, ValueClass.POUNDS, 6), 1_200_000),
        (TopUp(0, ValueClass.PENCE, 6), 0),
        (TopUp(1, ValueClass.RESERVED_2, 6), None),
    ],
)
def test_a_token_is_worth_its_value_in_its_unit(top_up: TopUp, value: int | None) -> None:
    assert worth(top_up) == value


@pytest.mark.parametrize(
    ("code", "token"),
    [
        (REFERENCE_CODE, REFERENCE_TOKEN),
        (b"12345678910121314156", None),
        (REFERENCE_CODE[:-1], None),
        (b"\xff" * 20, None),
        (b"", None),
    ],
)
def test_only_digits_with_their_check_digit_are_a_token(code: bytes, token: Utrn | None) -> None:
    assert token_of(code) == token


@pytest.mark.parametrize(("highest", "counter"), [(0, 6), (1030, 1030), ((1 << 32) - 1, None)])
def test_without_keys_the_nearest_counter_is_taken(highest: int, counter: int | None) -> None:
    assert CheckDigitJudge().counter(REFERENCE_TOKEN, SUPPLIER, highest) == counter


def reference_key(originator: Eui64) -> TokenKey | None:
    """The key of the reference supplier and meter."""
    agreement = StoredKeyAgreement(reference_keys(), KeyUse.PREPAYMENT_KEY_AGREEMENT)
    return TokenKey(SUPPLIER, REFERENCE_METER, agreement) if originator == SUPPLIER else None


def test_the_reference_token_proves_its_supplier() -> None:
    judge = KeyJudge(reference_key)

    assert judge.counter(REFERENCE_TOKEN, SUPPLIER, 0) == 6
    assert judge.counter(REFERENCE_TOKEN, SUPPLIER, 2000) is None
    assert judge.counter(REFERENCE_TOKEN, REFERENCE_METER, 0) is None


def test_the_token_of_another_meter_is_not_believed() -> None:
    scene = gbcs_scene()
    agreement = StoredKeyAgreement(scene.pki.keys, KeyUse.PREPAYMENT_KEY_AGREEMENT)
    own = TokenKey(scene.supplier, METER, agreement)
    others = TokenKey(scene.supplier, scene.supplier, agreement)
    token = build_utrn(own, 3 << 32, 500, ValueClass.PENCE)

    assert KeyJudge(lambda _: own).counter(token, SUPPLIER, 0) == 3
    assert KeyJudge(lambda _: others).counter(token, SUPPLIER, 0) is None


@given(st.lists(st.integers(0, 12), max_size=30))
def test_a_counter_is_taken_once_and_never_from_before_all_remembered(counters: list[int]) -> None:
    taken, model = TakenTokens(4), list[int]()

    for counter in counters:
        new = counter not in model[-4:] and not (len(model) >= 4 and counter < model[-4:][0])
        assert taken.new(counter) == new
        if new:
            taken.add(counter)
            model = sorted([*model[-4:], counter])

    assert taken.counters == tuple(model[-4:])
    assert taken.highest == max(model, default=0)


def test_saved_counters_come_back() -> None:
    taken, again = TakenTokens(4), TakenTokens(4)
    taken.add(7)
    taken.add(5)

    again.restore({"t": taken.snapshot()}, "t")

    assert again.counters == (5, 7)


@pytest.mark.parametrize("counter", ["5", -1, 1 << 32])
def test_what_is_no_counter_is_refused(counter: object) -> None:
    with pytest.raises(LocalError, match="counter"):
        TakenTokens(4).restore({"t": {"counters": [counter], "floor": [0]}}, "t")
