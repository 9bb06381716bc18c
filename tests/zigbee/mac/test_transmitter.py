from emulator.radio.port import RadioTransmit, TransmitOutcome
from emulator.zigbee.mac.frames import FrameType, MacFrame
from emulator.zigbee.mac.primitives import MacStatus
from emulator.zigbee.mac.transmitter import DataSent, Procedure, Transmitter, status_of

FRAME = MacFrame(FrameType.DATA, sequence=1)


def test_purpose_is_remembered_until_the_transmission_ends() -> None:
    transmitter = Transmitter()

    one = transmitter.send(FRAME, DataSent(5))
    other = transmitter.send(FRAME, Procedure.POLL)

    assert one == RadioTransmit(1, FRAME.encode())
    assert transmitter.ended(other.handle) is Procedure.POLL
    assert transmitter.ended(one.handle) == DataSent(5)
    assert transmitter.ended(one.handle) is None


def test_transmitter_is_busy_while_the_radio_has_a_frame() -> None:
    transmitter = Transmitter()
    said = [transmitter.busy]

    sent = transmitter.send(FRAME, Procedure.SCAN)
    said.append(transmitter.busy)
    transmitter.ended(sent.handle)
    said.append(transmitter.busy)

    assert said == [False, True, False]


def test_forgotten_procedure_leaves_the_others() -> None:
    transmitter = Transmitter()
    poll = transmitter.send(FRAME, Procedure.POLL)
    scan = transmitter.send(FRAME, Procedure.SCAN)

    transmitter.forget(Procedure.POLL)

    assert transmitter.ended(poll.handle) is None
    assert transmitter.ended(scan.handle) is Procedure.SCAN


def test_cleared_transmitter_remembers_nothing_and_reuses_no_handle() -> None:
    transmitter = Transmitter()
    before = transmitter.send(FRAME, Procedure.POLL)

    transmitter.clear()
    after = transmitter.send(FRAME, Procedure.POLL)

    assert transmitter.ended(before.handle) is None
    assert after.handle != before.handle


def test_every_outcome_has_a_status() -> None:
    assert {outcome: status_of(outcome) for outcome in TransmitOutcome} == {
        TransmitOutcome.SENT: MacStatus.SUCCESS,
        TransmitOutcome.ACKED: MacStatus.SUCCESS,
        TransmitOutcome.NO_ACK: MacStatus.NO_ACK,
        TransmitOutcome.CHANNEL_ACCESS_FAILURE: MacStatus.CHANNEL_ACCESS_FAILURE,
    }
