"""Shipments that strategies give are read without a mistake."""

from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.crypto.install_code import InstallCode
from emulator.lab.shipments.mpxn import mpan_doubt, mprn_doubt
from emulator.lab.shipments.shipment import Shipment
from emulator.testing.strategies.shipment_strategies import (
    Premises,
    install_codes,
    mpans,
    mprns,
    premises,
    shipments,
)


@settings(max_examples=25)
@given(shipments("ESME", "PPMID"))
def test_a_shipment_has_what_was_asked_for_and_no_warning(shipment: Shipment) -> None:
    types = [each.type for each in shipment.devices]

    assert {"CHF", "GPF", "ESME", "PPMID"} <= set(types)
    assert len(set(types)) == len(types)
    assert shipment.warnings == ()


@settings(max_examples=25)
@given(shipments("GSME", others=(), hub=False))
def test_the_bench_supplies_a_hub_that_was_left_out(shipment: Shipment) -> None:
    assert [each.type for each in shipment.joining] == ["GSME"]
    assert shipment.hub.line is None


@given(install_codes(), mpans(), mprns())
def test_check_digits_are_right(code: InstallCode, mpan: str, mprn: str) -> None:
    assert InstallCode.parse((code.octets + code.crc).hex()) == code
    assert mpan_doubt(mpan) is None
    assert mprn_doubt(mprn) is None


@settings(max_examples=5)
@given(premises("ESME"))
def test_premises_open_as_a_laboratory(home: Premises) -> None:
    lab = home.open()

    assert "ESME" in lab.kinds()
    assert "ESME" not in home.far
    assert lab.options.seed == home.seed


@settings(max_examples=10)
@given(st.data())
def test_shrinks_to_the_hub_and_what_was_asked_for(data: st.DataObject) -> None:
    shipment = data.draw(shipments("ESME", others=()))

    assert [each.type for each in shipment.devices] == ["CHF", "GPF", "ESME"]
