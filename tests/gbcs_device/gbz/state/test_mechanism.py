"""A device without a meter behind it holds what commands say."""

from emulator.gbcs_device.gbz.state.as_shipped import GSME
from emulator.gbcs_device.gbz.state.calendars import Calendar
from emulator.gbcs_device.gbz.state.mechanism import STILL
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.metering.prepayment.top_up_memory import TopUpOutcome
from emulator.testing.scenes.gbz_scene import filled
from emulator.zcl.payloads.calendar import PublishDayProfile


def test_nothing_happens_by_itself() -> None:
    store = MeterStore(GSME)
    before = store.snapshot()

    STILL.measure(store)
    STILL.attach(store)
    STILL.billed(store)
    STILL.refuse_token(duplicate=True)
    STILL.restore(STILL.snapshot())

    STILL.follow(store)
    STILL.show_samples(store)
    assert STILL.happened() == ()
    assert STILL.executes(filled(PublishDayProfile), Calendar())
    assert store.snapshot() == before


def test_commands_are_taken_at_their_word() -> None:
    store = MeterStore(GSME)

    assert STILL.top_up(store, 1, 500, local=True) == (TopUpOutcome.TAKEN, 500, 0)
    assert STILL.activate_emergency_credit(store)
    STILL.change_supply(store, 1)

    assert store.attributes.number(0x0705, 0x0003) == store.settings.emergency_credit_selected
    assert store.attributes.number(0x0702, 0x0014) == 1
