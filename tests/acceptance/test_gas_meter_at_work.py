"""A gas meter at work in a home: gas flows, credit is paid in, and the proxy is in step with it."""

from pathlib import Path

import pytest

from emulator.equipment.gas_meter_machine import EnableSupply, EnterCode
from emulator.equipment.meter_machine import TakeLoad
from emulator.equipment.ppmid_keys import TopUpGasMeter
from emulator.gbcs.envelope import Cra
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.key_store import KeyUse
from emulator.gbcs.utrn import TokenKey, ValueClass, build_utrn
from emulator.gbcs_device.facts import KeysPressed
from emulator.gbcs_device.gas_meter.watch import GasEvent
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.gbcs_device.partner_commands import PartnerAnswered
from emulator.lab.installing.installation import NEXT_WAKE, Ask, Installation
from emulator.lab.world.parties import SUPPLIER
from emulator.metering.quantities import Channel
from emulator.metering.step_function import StepFunction
from emulator.smart_energy.home.home_seen import HomeSeen
from emulator.testing.scenes.installed_homes import installed_home
from emulator.zcl.payloads.prepayment import ConsumerTopUpResponse

pytestmark = pytest.mark.slow
SHIPMENT = Path(__file__).parents[1] / "data/shipments/dual-fuel.csv"
POUND = 100_000


@pytest.fixture(scope="module")
def work() -> Installation:
    """A hub, a gas meter and a PPMID; for 25 hours a cubic metre an hour flowed."""
    made = installed_home(SHIPMENT, "ESME", "GSME", "PPMID")
    demand = StepFunction([(made.lab.scheduler.now, 1_000_000)])
    made.home.device("GSME").post(TakeLoad(Channel.GAS, demand))
    made.lab.run("25 h")
    return made


def test_the_proxy_shows_registers_and_logs_of_the_meter(work: Installation) -> None:
    meter, proxy = state(work, "GSME", "remote_parties"), state(work, "CHF", "gpf")
    register = proxy.attributes.number(0x0702, 0x0000)
    # the mirror is at most half an hour behind; GBCS 10.4.2
    assert 24_000 <= register <= 25_500
    half_hours = proxy.samples.series[0].samples
    assert len(half_hours) >= 48
    assert set(half_hours[2:]) == {500}
    read = proxy.snapshots.snapshots[-1]
    assert read in meter.snapshots.snapshots


def test_home_is_shown_no_gas_from_before_a_change_of_tenancy(work: Installation) -> None:
    before = gas_seen(work)
    since = work.side.moment
    work.ask(
        "somebody else moves in",
        Ask(
            srv="3.2",
            clause="GBCS GCS09",
            target=work.gas_proxy,
            parameters={"RestrictionDateTime": f"{since:%Y-%m-%dT%H:%M:%SZ}"},
        ),
    )

    work.lab.run("3 h")

    after = gas_seen(work)
    # half hours of 500 litres that began since, up to the one before the display's last look
    for shown in (after.today, after.this_week, after.this_month):
        assert shown in (1_500, 2_000, 2_500)
    assert before.this_week is not None
    assert before.this_week >= 20_000
    assert after.register is not None
    assert after.register >= 27_000


def test_supply_ends_without_credit_and_a_top_up_through_the_ppmid_arms_it(
    work: Installation,
) -> None:
    gsme = work.home.device("GSME")
    work.ask(
        "it is paid in advance",
        Ask(
            srv="1.6",
            clause="GBCS GCS03",
            target=gsme.description.eui64,
            parameters={
                "Prepayment": {
                    "SuspendDebtDisabled": False,
                    "SuspendDebtEmergency": False,
                    "DisablementThreshold": 0,
                }
            },
            within=NEXT_WAKE,
        ),
    )
    assert supply(work) == 0

    work.home.device("PPMID").post(TopUpGasMeter(token(work, 1)))
    work.lab.run(NEXT_WAKE)

    (answered,) = (each for _, each in work.lab.trace.of(PartnerAnswered))
    (component,) = GbzPayload.decode(answered.payload, Cra.RESPONSE).components
    told = ConsumerTopUpResponse.decode(component.payload)
    assert (told.result_type, told.top_up_value, told.source_of_top_up) == (0, 10 * POUND, 2)
    assert supply(work) == 1
    gsme.post(EnableSupply())
    assert supply(work) == 2
    codes = {each.code for each in work.side.dcc.mailbox.device_alerts}
    assert {GasEvent.CREDIT_BELOW_DISABLEMENT, GasEvent.SUPPLY_ARMED} <= codes


def test_codes_are_typed_at_the_meter_and_count_once(work: Installation) -> None:
    gsme = work.home.device("GSME")
    before = state(work, "GSME", "remote_parties").attributes.number(0x0705, 0x0001)

    for digits in (token(work, 2), token(work, 2), "0" * 20):
        gsme.post(EnterCode(digits))

    pressed = [each.result for _, each in work.lab.trace.of(KeysPressed) if each.done == "code"]
    assert pressed == ["ACCEPTED", "DUPLICATE", "INVALID"]
    after = state(work, "GSME", "remote_parties").attributes.number(0x0705, 0x0001)
    assert after == before + 10 * POUND
    work.lab.run("1 min")
    codes = [each.code for each in work.side.dcc.mailbox.device_alerts]
    assert codes.count(GasEvent.DUPLICATE_TOKEN) == 1


def gas_seen(work: Installation) -> HomeSeen:
    """What a display saw of gas last."""
    return [each for _, each in work.lab.trace.of(HomeSeen) if each.fuel == "gas"][-1]


def state(work: Installation, name: str, part: str) -> MeterStore:
    """What a device of the home holds of gas."""
    parts = work.home.device(name).snapshot()[part]["executors"]
    return MeterStore.restored(parts["GBZ"])


def supply(work: Installation) -> int:
    """SupplyStatus of the gas meter."""
    return state(work, "GSME", "remote_parties").attributes.number(0x0702, 0x0014)


def token(work: Installation, counter: int) -> str:
    """The digits of a token of ten pounds of the supplier."""
    agreement = StoredKeyAgreement(work.side.pki.keys, KeyUse.PREPAYMENT_KEY_AGREEMENT)
    meter = work.home.device("GSME").description.eui64
    key = TokenKey(SUPPLIER, meter, agreement)
    return build_utrn(key, counter << 32, 10, ValueClass.POUNDS).digits
