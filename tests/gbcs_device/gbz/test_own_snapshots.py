"""A meter writes down its registers as the reference set shows them."""

from emulator.gbcs_device.gbz.own_snapshots import (
    BlockTierDelivered,
    DebtAndCredit,
    take_prepay_snapshot,
    take_snapshot,
)
from emulator.gbcs_device.gbz.state.snapshots import SnapshotCause
from emulator.testing.scenes.gbz_scene import meter, reference_pairs
from emulator.zcl.foundation.header import FrameType
from emulator.zcl.payloads.metering import PublishSnapshot
from emulator.zcl.payloads.prepayment import PublishPrepaySnapshot


def test_registers_of_reference_snapshots_come_back() -> None:
    shown = {0x0702: 0, 0x0705: 0}

    for pair in reference_pairs():
        for each in pair.plain.components:
            clustered = each.header.frame_type is FrameType.CLUSTER
            command = each.header.command if clustered else None
            if (each.cluster, command) == (0x0702, 0x06) and each.encrypted:
                octets = PublishSnapshot.decode(each.payload).snapshot_sub_payload
                assert BlockTierDelivered.decode(octets).encode() == octets
                assert len(BlockTierDelivered.decode(octets).blocks) == 4
                shown[0x0702] += 1
            elif (each.cluster, command) == (0x0705, 0x01) and each.encrypted:
                octets = PublishPrepaySnapshot.decode(each.payload).snapshot_sub_payload
                assert DebtAndCredit.decode(octets).encode() == octets
                shown[0x0705] += 1

    assert min(shown.values()) > 5


def test_a_snapshot_holds_summation_tiers_and_blocks() -> None:
    executor = meter(
        {(0x0702, 0x0000): 10, (0x0702, 0x0102): 12, (0x0702, 0x0106): 14, (0x0702, 0x0703): 23}
    )

    taken = take_snapshot(executor.store, SnapshotCause.GENERAL, 99)

    registers = BlockTierDelivered.decode(taken.snapshot_sub_payload)
    assert registers.summation == 10
    assert registers.tiers == (0, 12, 0, 14)
    assert (registers.blocks, registers.blocks_in_use, registers.tiers_in_use) == (
        (0, 0, 0, 23),
        4,
        1,
    )
    assert (taken.snapshot_time, taken.snapshot_cause) == (99, 1)
    assert executor.store.snapshots.snapshots == (taken,)


def test_a_prepayment_snapshot_holds_debts_and_balances() -> None:
    executor = meter(
        {
            (0x0705, 0x0001): -7,
            (0x0705, 0x0002): -6,
            (0x0705, 0x0005): -1,
            (0x0705, 0x0211): 1,
            (0x0705, 0x0221): 2,
            (0x0705, 0x0231): 3,
        }
    )

    first = take_prepay_snapshot(executor.store, SnapshotCause.CHANGE_OF_MODE, 99)
    second = take_prepay_snapshot(executor.store, SnapshotCause.CHANGE_OF_MODE, 99)

    assert DebtAndCredit.decode(first.snapshot_sub_payload) == DebtAndCredit(
        accumulated_debt=0,
        first_debt=1,
        second_debt=2,
        third_debt=3,
        emergency_credit=-6,
        credit=-7,
    )
    assert (first.snapshot_id, second.snapshot_id) == (0, 1)
