"""Fifteen keys of devices that were removed, the oldest of which makes room."""

import json

from hypothesis import example, given
from hypothesis import strategies as st

from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant
from emulator.smart_energy.keys.historic_keys import HistoricKeys, Trial

KEY = bytes(range(16))


@given(st.lists(st.tuples(st.integers(1, 20), st.sampled_from("rrrrt")), max_size=60))
@example([(number, "r") for number in (*range(16), 0, 1, 1)])
def test_holds_what_a_list_of_fifteen_would(history: list[tuple[int, str]]) -> None:
    kept, model = HistoricKeys(), list[int]()

    for number, what in history:
        device = Eui64(number)
        if what == "t":
            assert (kept.take(device) is not None) is (number in model)
            model = [each for each in model if each != number]
            continue
        full = len(model) == 15 and number not in model
        assert kept.remember(device, KEY) == (model[0] if full else None)
        model = model[1:] if full else model
        model = model if number in model else [*model, number]

    assert [int(eui64, 16) for eui64, _ in kept.snapshot()] == model


def test_what_survives_is_what_json_knows() -> None:
    before, after = HistoricKeys(), HistoricKeys()
    before.remember(Eui64(0x1F), KEY)

    after.restore(json.loads(json.dumps(before.snapshot())))

    assert after.take(Eui64(0x1F)) == KEY
    assert after.take(Eui64(0x1F)) is None


def test_trial_comes_back_with_its_window_still_to_begin() -> None:
    trial = Trial(KEY, bytes(16), 90, Instant(7))

    back = Trial.restored(json.loads(json.dumps(trial.snapshot())))

    assert back == Trial(KEY, bytes(16), 90, Instant(0))
