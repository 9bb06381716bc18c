import pytest

from emulator.cosem.units import scaled, unit_name


@pytest.mark.parametrize(
    ("value", "scaler", "unit", "text"),
    [
        (1234, -1, 35, "123.4 V"),
        (12, 3, 30, "12000 Wh"),
        (-5, 0, 27, "-5 W"),
        (7, 0, 255, "7"),
        (7, 0, 199, "7 unit 199"),
    ],
)
def test_a_scaled_value_is_written_with_its_unit(
    value: int, scaler: int, unit: int, text: str
) -> None:
    assert scaled(value, scaler, unit) == text


def test_a_unit_without_a_name_shows_its_number() -> None:
    assert unit_name(99) == "unit 99"
