"""A gas meter whose supplier changes: snapshots for the one that leaves, tokens of the other."""

import json

from emulator.gbcs_device.gbz.own_snapshots import BlockTierDelivered, DebtAndCredit
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.kernel.units import Instant
from emulator.metering.quantities import HOUR
from tests.gbcs_device.gas_meter.scene import POUND, prepaid_meter


def test_registers_and_balances_are_written_down_for_the_supplier_that_leaves() -> None:
    # use-case annex of GBCS, GCS15b: cause 2000 hexadecimal, change of supplier
    meter = prepaid_meter(balance=5 * POUND)
    meter.burn(1_000)
    meter.now = Instant(meter.now + 2 * HOUR)

    meter.work.change_supplier(0)

    store = meter.executor.store
    read, balances = store.snapshots.snapshots[-1], store.prepay_snapshots.snapshots[-1]
    assert (read.snapshot_cause, balances.snapshot_cause) == (0x2000, 0x2000)
    assert BlockTierDelivered.decode(read.snapshot_sub_payload).summation == 2_000
    assert DebtAndCredit.decode(balances.snapshot_sub_payload).credit == 5 * POUND - 72_000


def test_tokens_of_another_supplier_count_from_its_floor() -> None:
    meter = prepaid_meter()
    meter.top_up()
    (taken,) = meter.executor.store.taken_tokens.counters
    assert meter.top_up().result_type != 0

    meter.work.change_supplier(taken)
    assert meter.top_up().result_type == 0
    meter.work.change_supplier(taken + 1)

    assert meter.top_up().result_type != 0
    kept = json.loads(json.dumps(meter.executor.store.snapshot()))
    assert MeterStore.restored(kept).taken_tokens.floor == taken + 1
