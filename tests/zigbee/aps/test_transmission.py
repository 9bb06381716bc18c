"""The table of a message on its way is complete."""

from emulator.zigbee.aps.transmission import (
    TRANSITIONS,
    TransmissionAction,
    TransmissionEvent,
    TransmissionState,
)

IMPOSSIBLE = {
    TransmissionState.WAITING_FOR_NWK: {
        TransmissionEvent.BLOCK_ACKNOWLEDGED,
        TransmissionEvent.LAST_ACKNOWLEDGED,
        TransmissionEvent.TIMED_OUT,
        TransmissionEvent.RETRIES_SPENT,
        TransmissionEvent.PAUSE_OVER,
    },
    TransmissionState.WAITING_FOR_ACK: {TransmissionEvent.PAUSE_OVER},
    TransmissionState.PAUSING: {
        TransmissionEvent.BLOCK_ACKNOWLEDGED,
        TransmissionEvent.LAST_ACKNOWLEDGED,
        TransmissionEvent.TIMED_OUT,
        TransmissionEvent.RETRIES_SPENT,
    },
    TransmissionState.DONE: set(TransmissionEvent),
}


def test_every_pair_is_in_the_table_or_impossible() -> None:
    listed = set(TRANSITIONS)
    impossible = {(state, event) for state, events in IMPOSSIBLE.items() for event in events}

    assert listed | impossible == {(s, e) for s in TransmissionState for e in TransmissionEvent}
    assert not listed & impossible


def test_every_state_and_action_is_reached() -> None:
    states = {state for state, _ in TRANSITIONS.values()}

    assert states | {TransmissionState.WAITING_FOR_NWK} == set(TransmissionState)
    assert {action for _, action in TRANSITIONS.values()} == set(TransmissionAction)
