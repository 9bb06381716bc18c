from pathlib import Path

import pytest

from emulator.kernel.errors import UsageError
from emulator.lab.settlement.consent import Consent, parse_opt_outs
from emulator.lab.shipments.shipment import read_shipment

DUAL = read_shipment(Path(__file__).parents[2] / "data" / "shipments" / "dual-fuel.csv")
MPAN = "1200012345688"


def test_consumer_opts_out_by_mpan() -> None:
    assert parse_opt_outs((f"{MPAN}=daily",), DUAL) == {MPAN: Consent.DAILY}
    assert parse_opt_outs((f"{MPAN} = monthly",), DUAL) == {MPAN: Consent.MONTHLY}
    assert parse_opt_outs((), DUAL) == {}


def test_every_mistake_is_named() -> None:
    texts = (f"{MPAN}=hourly", "1=daily", f"{MPAN}=daily", f"{MPAN}=monthly")

    with pytest.raises(UsageError) as refusal:
        parse_opt_outs(texts, DUAL)

    assert refusal.value.problems == (
        f"--opt-out {MPAN}=hourly: expected MPAN=daily or MPAN=monthly",
        f"--opt-out 1=daily: no electricity meter of that MPAN; there is {MPAN}",
        f"--opt-out {MPAN}=monthly: expected each MPAN once",
    )
