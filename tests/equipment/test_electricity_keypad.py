"""Keys of an electricity meter: codes, emergency credit, and what is told of both."""

from emulator.cosem.server.made_values import parts_of
from emulator.equipment.electricity_keypad import ElectricityKeypad
from emulator.equipment.electricity_watch import ElectricityWatch
from emulator.equipment.gas_meter_machine import ActivateEmergencyCredit, EnterCode
from emulator.gbcs.utrn import TokenKey, ValueClass, build_utrn
from emulator.gbcs_device.cosem.account_wallet import AccountWallet
from emulator.gbcs_device.cosem.meter_view import MeterView
from emulator.gbcs_device.cosem.token_duty import CREDIT_LOG, TokenGate
from emulator.gbcs_device.facts import KeysPressed
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant, hours
from emulator.metering.event_codes import EventCode
from emulator.metering.prepayment.manual_entry import ManualEntrySettings
from emulator.testing.scenes.cosem_scene import METER, SUPPLIER
from tests.gbcs_device.cosem.living_meter import LivingMeter

WRONG = "0" * 20


class Secret:
    """Every pair of parties shares one secret."""

    def shared_secret(self, own: Eui64, peer: Eui64) -> bytes:
        return own.to_bytes(8, "big") * 2 + peer.to_bytes(8, "big") * 2


def key_of(supplier: Eui64) -> TokenKey:
    return TokenKey(supplier, METER, Secret())


def code(counter: int, pounds: int = 1) -> str:
    return build_utrn(key_of(SUPPLIER), counter << 32, pounds, ValueClass.POUNDS).digits


class Scene:
    """A meter in prepayment mode, its keys, and what happens at them."""

    def __init__(self, supplier: Eui64 | None = SUPPLIER) -> None:
        self.living = LivingMeter()
        self.living.reference("ECS03_1.6_IMMEDIATE_SINGLE_SUCCESS")
        self.living.reference("ECS08a_2.1_IMMEDIATE_SUCCESS")
        view = MeterView(self.living.meter, lambda: Instant(self.living.at))
        store = self.living.executor.store
        gate = TokenGate(store, key_of, wallet=AccountWallet(store, view))
        settings = ManualEntrySettings(refused=3, pause=hours(1))
        self.keypad = ElectricityKeypad(gate, view, lambda: supplier, settings)
        self.living.alerts()

    def events(self) -> list[int]:
        """Codes of what happened since somebody last asked."""
        happened = [each.code for each in self.living.meter.events]
        self.living.meter.events.clear()
        return happened


def test_code_of_the_supplier_is_credit_and_told_as_entered_at_the_meter() -> None:
    scene = Scene()
    before = scene.living.meter.account.balance

    pressed = scene.keypad.enter(code(3))

    assert pressed == KeysPressed("code", "done")
    assert scene.living.meter.account.balance == before + 100_000
    assert scene.events()[-2:] == [EventCode.CREDIT_ADDED_LOCALLY, EventCode.USER_INPUT_DONE]
    assert len(parts_of(scene.living.executor.store.value(CREDIT_LOG))) == 1


def test_code_that_was_taken_before_is_a_duplicate() -> None:
    scene = Scene()
    scene.keypad.enter(code(3))
    scene.events()

    assert scene.keypad.enter(code(3)) == KeysPressed("code", "refused")
    assert scene.events() == [EventCode.DUPLICATE_UTRN, EventCode.USER_INPUT_FAILED]


def test_who_types_wrong_codes_again_and_again_has_to_wait() -> None:
    scene = Scene()
    for _ in range(3):
        scene.keypad.enter(WRONG)
    assert scene.events()[-2:] == [EventCode.MANUAL_ENTRY_SUSPENDED, EventCode.USER_INPUT_FAILED]

    assert scene.keypad.enter(code(3)) == KeysPressed("code", "KEYPAD_LOCKED")
    assert scene.events() == [EventCode.UTRN_LOCKED_OUT]

    scene.living.at += hours(1)
    assert scene.keypad.enter(code(3)) == KeysPressed("code", "done")


def test_meter_that_knows_no_supplier_takes_no_code() -> None:
    assert Scene(supplier=None).keypad.enter(code(3)) == KeysPressed("code", "refused")


def test_emergency_credit_is_given_where_it_is_offered() -> None:
    scene = Scene()
    account = scene.living.meter.account

    assert account.emergency_offered
    assert scene.keypad.activate_emergency_credit() == KeysPressed("emergency credit", "done")
    assert account.emergency_active
    assert scene.keypad.activate_emergency_credit() == KeysPressed("emergency credit", "refused")
    events = scene.events()
    assert EventCode.EMERGENCY_CREDIT_ACTIVATED in events
    assert [each for each in events if each >> 4 == 0x816] == [0x8161, 0x8162]


def test_keys_are_pressed_by_scenarios() -> None:
    scene = Scene()
    meter, now = scene.living.meter, Instant(0)
    watch = ElectricityWatch(meter, scene.living.logs.record, lambda: False, now, scene.keypad)

    assert KeysPressed("code", "done") in watch.handle(EnterCode(code(3)), now)
    asked = watch.handle(ActivateEmergencyCredit(), now)
    assert any(isinstance(each, KeysPressed) for each in asked)
    bare = ElectricityWatch(meter, scene.living.logs.record, lambda: False, now)
    assert not any(isinstance(e, KeysPressed) for e in bare.handle(EnterCode(code(4)), now))
