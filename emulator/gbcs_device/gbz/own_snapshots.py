"""Snapshots that a gas meter takes of its own registers (ZSE 1.4 D.3, D.7)."""

from typing import Annotated, Final

from emulator.gbcs_device.gbz.state.balances import (
    ACCUMULATED_DEBT,
    CREDIT_REMAINING,
    DEBT_AMOUNTS,
    EMERGENCY_CREDIT_REMAINING,
    METERING,
    PREPAYMENT,
)
from emulator.gbcs_device.gbz.state.snapshots import SnapshotCause
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.wire.codecs import I32, U8, U32, U48, Bits, Many, UInt
from emulator.wire.struct import Struct
from emulator.zcl.payloads.metering import PublishSnapshot
from emulator.zcl.payloads.prepayment import PublishPrepaySnapshot

BLOCK_TIER_DELIVERED: Final = 6
"""Payload type of tiers and blocks without bill (use-case annex of GBCS, GCS16a)."""
DEBT_AND_CREDIT: Final = 0
"""Payload type of prepayment snapshots (RTDS 4.5.0, GCS16b)."""
SUMMATION: Final = 0x0000
_TIERS: Final = range(0x0100, 0x0108, 2)
_BLOCKS: Final = range(0x0700, 0x0704)


class BlockTierDelivered(Struct):
    """Registers of what was delivered, by tier and by block (ZSE 1.4 D.3, payload type 6)."""

    summation: U48
    number_of_tiers: U8
    tiers: Annotated[tuple[int, ...], Many(UInt(6), count=lambda set_: set_.number_of_tiers)]
    blocks_in_use: Annotated[int, Bits(4)]
    tiers_in_use: Annotated[int, Bits(4)]
    blocks: Annotated[tuple[int, ...], Many(UInt(6))]


class DebtAndCredit(Struct):
    """Debts and balances (ZSE 1.4 D.7, payload type 0)."""

    accumulated_debt: U32
    first_debt: U32
    second_debt: U32
    third_debt: U32
    emergency_credit: I32
    credit: I32


def take_snapshot(store: MeterStore, cause: SnapshotCause, moment: int) -> PublishSnapshot:
    """Write down the registers of gas delivered, and keep that.

    Args:
        store: of the meter.
        cause: why.
        moment: seconds since 2000.
    """
    number = store.attributes.number
    registers = BlockTierDelivered(
        summation=number(METERING, SUMMATION),
        number_of_tiers=len(_TIERS),
        tiers=tuple(number(METERING, each) for each in _TIERS),
        blocks_in_use=len(_BLOCKS),
        tiers_in_use=1,
        blocks=tuple(number(METERING, each) for each in _BLOCKS),
    )
    snapshot = PublishSnapshot(
        snapshot_id=store.snapshots.next_identifier(),
        snapshot_time=moment,
        total_snapshots_found=1,
        command_index=0,
        total_number_of_commands=1,
        snapshot_cause=cause,
        snapshot_payload_type=BLOCK_TIER_DELIVERED,
        snapshot_sub_payload=registers.encode(),
    )
    store.snapshots.add(snapshot)
    return snapshot


def take_prepay_snapshot(
    store: MeterStore, cause: SnapshotCause, moment: int
) -> PublishPrepaySnapshot:
    """Write down debts and balances, and keep that.

    Args:
        store: of the meter.
        cause: why.
        moment: seconds since 2000.
    """
    number = store.attributes.number
    first, second, third = (number(PREPAYMENT, each) for each in DEBT_AMOUNTS)
    state = DebtAndCredit(
        accumulated_debt=max(0, number(PREPAYMENT, ACCUMULATED_DEBT)),
        first_debt=first,
        second_debt=second,
        third_debt=third,
        emergency_credit=number(PREPAYMENT, EMERGENCY_CREDIT_REMAINING),
        credit=number(PREPAYMENT, CREDIT_REMAINING),
    )
    snapshot = PublishPrepaySnapshot(
        snapshot_id=store.prepay_snapshots.next_identifier(),
        snapshot_time=moment,
        total_snapshots_found=1,
        command_index=0,
        total_number_of_commands=1,
        snapshot_cause=cause,
        snapshot_payload_type=DEBT_AND_CREDIT,
        snapshot_sub_payload=state.encode(),
    )
    store.prepay_snapshots.add(snapshot)
    return snapshot
