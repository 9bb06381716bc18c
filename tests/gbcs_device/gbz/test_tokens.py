"""Top-up codes are worth what they say, if who judges them believes them."""

import pytest

from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.key_store import KeyUse
from emulator.gbcs.utrn import TokenKey, TopUp, ValueClass, build_utrn
from emulator.gbcs_device.gbz.tokens import CheckDigitJudge, SupplierJudge, worth
from emulator.testing.gbcs_scene import METER, gbcs_scene
from emulator.testing.gbz_scene import METER as REFERENCE_METER
from emulator.testing.gbz_scene import SUPPLIER
from emulator.testing.reference_data import reference_keys

REFERENCE_CODE = b"73950067887105178605"
"""12.50 pounds, of the command of CS01b."""


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
    ("code", "value"),
    [
        (REFERENCE_CODE, 1_250_000),
        (b"12345678910121314156", None),
        (b"7395006788710517860", None),
        (b"\xff" * 20, None),
        (b"", None),
    ],
)
def test_digits_alone_are_judged_by_their_check_digit(code: bytes, value: int | None) -> None:
    assert CheckDigitJudge().judge(code) == value


def test_the_reference_code_is_genuine() -> None:
    agreement = StoredKeyAgreement(reference_keys(), KeyUse.PREPAYMENT_KEY_AGREEMENT)
    judge = SupplierJudge(TokenKey(SUPPLIER, REFERENCE_METER, agreement))

    assert judge.judge(REFERENCE_CODE) == 1_250_000
    assert judge.highest == 6


def test_the_code_of_another_meter_is_not_believed() -> None:
    scene = gbcs_scene()
    agreement = StoredKeyAgreement(scene.pki.keys, KeyUse.PREPAYMENT_KEY_AGREEMENT)
    key = TokenKey(scene.supplier, METER, agreement)
    code = build_utrn(key, 3 << 32, 500, ValueClass.PENCE).digits.encode()
    stranger = SupplierJudge(TokenKey(scene.supplier, scene.supplier, agreement))
    own = SupplierJudge(key)

    assert stranger.judge(code) is None
    assert own.judge(code) == 500_000
    assert own.judge(b"12345678910121314156") is None
    assert (stranger.highest, own.highest) == (0, 3)
