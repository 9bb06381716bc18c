"""A PPMID tops its electricity meter up over the HAN (GBCS PECS01 to PECS03)."""

from pathlib import Path

import pytest

from emulator.equipment.facts import HomeRequestAnswered
from emulator.equipment.ppmid_requests import SwitchElectricityOn, TopUpElectricityMeter
from emulator.gbcs.utrn import ValueClass, build_utrn
from emulator.gbcs_device.cosem.device_objects import stored_token_key
from emulator.gbcs_device.gbz.commands.top_up import TopUpResult
from emulator.lab.world.parties import SUPPLIER
from emulator.testing.judges.capture_judge import judge_capture
from emulator.testing.scenes.installed_homes import installed_home
from emulator.zcl.payloads.prepayment import ConsumerTopUpResponse

pytestmark = pytest.mark.slow
SHIPMENT = Path(__file__).parents[1] / "data/shipments/dual-fuel.csv"


def test_code_typed_at_the_display_is_credit_at_the_meter(tmp_path: Path) -> None:
    work = installed_home(SHIPMENT, "ESME", "PPMID")
    meter, display = work.home.device("ESME"), work.home.device("PPMID")
    key = stored_token_key(work.side.pki.keys, meter.description.eui64)(SUPPLIER)
    assert key is not None
    code = build_utrn(key, 5 << 32, 10, ValueClass.POUNDS).digits

    for pressed in (
        TopUpElectricityMeter(code),
        TopUpElectricityMeter(code),
        SwitchElectricityOn(),
    ):
        display.post(pressed)
    work.lab.run("1 min")

    once, again, on = (fact for _, fact in work.lab.trace.of(HomeRequestAnswered))
    told, refused = (
        ConsumerTopUpResponse.decode(bytes.fromhex(each.answer)) for each in (once, again)
    )
    assert (told.result_type, told.top_up_value) == (0, 1_000_000)
    assert refused.result_type == TopUpResult.DUPLICATE
    # its supply is on already
    assert on.answer == "0c01"
    assert judge_capture(tmp_path, work.lab.capture(), work.lab.key_file()).ok
