"""Credit status says what a consumer has (ZSE 1.4 D.7)."""

from tests.gbcs_device.gas_meter.scene import POUND, PREPAYMENT, GasMeter, prepaid_meter

OK, LOW, ENABLED, AVAILABLE, SELECTED = 0x01, 0x02, 0x04, 0x08, 0x10
STATUS = 0x0003


def test_credit_mode_has_no_credit_status() -> None:
    assert GasMeter().read(PREPAYMENT, STATUS) == 0


def test_status_follows_emergency_credit() -> None:
    meter = prepaid_meter(balance=POUND)
    assert meter.read(PREPAYMENT, STATUS) == OK

    meter.emergency(5 * POUND, 2 * POUND)
    assert meter.read(PREPAYMENT, STATUS) == OK | ENABLED | AVAILABLE

    meter.keypad.activate_emergency_credit()
    assert meter.read(PREPAYMENT, STATUS) == OK | ENABLED | SELECTED


def test_costs_of_days_follow_each_other() -> None:
    meter = prepaid_meter()
    day = 24 * 3_600_000_000
    for litres in (10, 20, 30):
        meter.burn(litres)
        meter.live(day)

    # 36 p a cubic metre: 30, 20 and 10 litres an hour, newest first; SMETS2 4.6.5.6
    shown = [meter.read(PREPAYMENT, 0x051C + 2 * place) for place in range(4)]
    assert shown == [0, 25_920, 17_280, 8_640]
