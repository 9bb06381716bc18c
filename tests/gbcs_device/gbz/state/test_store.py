"""All that a device holds survives being saved, or the saved state is refused."""

import json

import pytest

from emulator.gbcs_device.gbz.executor import GbzExecutor
from emulator.gbcs_device.gbz.state.as_shipped import GSME
from emulator.gbcs_device.gbz.state.settings import GbzSettings
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.kernel.errors import LocalError
from emulator.testing.scenes.gbz_scene import METER, reference_pairs


def test_the_state_of_all_reference_answers_survives() -> None:
    executor = GbzExecutor(MeterStore(GSME))
    for pair in reference_pairs():
        if pair.message.recipient == METER:
            executor.seed(pair.message, pair.plain)
    saved = json.loads(json.dumps(executor.store.snapshot()))

    again = MeterStore.restored(saved)

    assert again.snapshot() == executor.store.snapshot() == saved
    assert len(json.dumps(saved)) > 5000


@pytest.mark.parametrize("missing", sorted(MeterStore({}).snapshot()))
def test_a_saved_state_with_a_part_missing_is_refused(missing: str) -> None:
    saved = dict(MeterStore(GSME).snapshot())
    del saved[missing]

    with pytest.raises(LocalError, match=missing):
        MeterStore.restored(saved)


def test_settings_say_how_much_is_kept() -> None:
    store = MeterStore({}, GbzSettings(top_ups=1, repayments=2))

    assert store.settings.top_ups == 1
    assert MeterStore.restored(store.snapshot(), store.settings).settings is store.settings
