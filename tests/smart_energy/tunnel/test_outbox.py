import pytest

from emulator.smart_energy.tunnel.facts import MessageTunnelled
from emulator.smart_energy.tunnel.outbox import Outbox, Transfer, transfer_of
from emulator.smart_energy.tunnel.primitives import (
    TunnelDataConfirm,
    TunnelDataRequest,
    Undeliverable,
)
from emulator.testing.stack.tunnel_bench import DEVICE
from emulator.zcl.primitives import Outcome, ZclAnswer, ZclCommandConfirm
from emulator.zigbee.aps.primitives import ApsSecurity, ApsStatus

FIRST, SECOND = TunnelDataRequest(1, DEVICE, b"one"), TunnelDataRequest(2, DEVICE, b"second")


def filled(tries: int = 2) -> Outbox:
    box = Outbox(DEVICE, tries)
    box.put(FIRST)
    box.put(SECOND)
    return box


def test_one_message_is_under_way_at_a_time() -> None:
    box = filled()

    assert box.take(10) == FIRST
    assert box.take(11) is None
    assert (box.sends(10), box.sends(11), len(box)) == (True, False, 2)


def test_message_that_was_taken_makes_room_for_the_next() -> None:
    box = filled()
    box.take(10)

    ended = box.ended(Transfer.TAKEN)

    assert list(ended) == [MessageTunnelled(DEVICE, 3, "to"), TunnelDataConfirm(1, DEVICE)]
    assert not box.sends(10)
    assert box.take(11) == SECOND


@pytest.mark.parametrize("transfer", [Transfer.LOST, Transfer.NO_TUNNEL])
def test_message_is_sent_again_before_the_others_until_its_tries_are_spent(
    transfer: Transfer,
) -> None:
    box = filled(tries=2)
    box.take(10)
    assert list(box.ended(transfer)) == []
    assert box.take(11) == FIRST

    ended = box.ended(transfer)

    assert list(ended) == [TunnelDataConfirm(1, DEVICE, Undeliverable.NOT_DELIVERED)]
    assert box.take(12) == SECOND
    assert list(box.ended(transfer)) == []


def test_message_that_is_too_long_is_not_sent_again() -> None:
    box = filled()
    box.take(10)

    assert list(box.ended(Transfer.TOO_LONG)) == [
        TunnelDataConfirm(1, DEVICE, Undeliverable.TOO_LONG)
    ]


def test_dropping_gives_up_every_message_in_order() -> None:
    box = filled()
    box.take(10)

    dropped = box.drop(Undeliverable.UNLOGGED)

    assert [each.handle for each in dropped] == [1, 2]
    assert {each.failure for each in dropped} == {Undeliverable.UNLOGGED}
    assert len(box) == 0
    assert list(box.ended(Transfer.TAKEN)) == []


def answered(command: int, payload: str, *, general: bool) -> ZclCommandConfirm:
    answer = ZclAnswer(command, general, bytes.fromhex(payload), ApsSecurity.LINK_KEY)
    return ZclCommandConfirm(1, Outcome.ANSWERED, ApsStatus.SUCCESS, answer)


@pytest.mark.parametrize(
    ("confirm", "transfer"),
    [
        (answered(0x0B, "02 00", general=True), Transfer.TAKEN),  # default response, success
        (answered(0x0B, "02 81", general=True), Transfer.LOST),  # unsupported command
        (answered(0x0B, "02", general=True), Transfer.LOST),  # no status
        (answered(0x02, "0000 00", general=False), Transfer.NO_TUNNEL),  # no such tunnel
        (answered(0x02, "0000 01", general=False), Transfer.NO_TUNNEL),  # wrong device
        (answered(0x02, "0000 02", general=False), Transfer.TOO_LONG),  # data overflow
        (answered(0x02, "00", general=False), Transfer.LOST),  # no TransferDataError
        (ZclCommandConfirm(1, Outcome.TIMED_OUT, ApsStatus.SUCCESS), Transfer.LOST),
        (ZclCommandConfirm(1, Outcome.NOT_DELIVERED, ApsStatus.NO_ACK), Transfer.LOST),
    ],
)
def test_end_of_a_transfer_is_read_from_its_answer(
    confirm: ZclCommandConfirm, transfer: Transfer
) -> None:
    assert transfer_of(confirm) is transfer
