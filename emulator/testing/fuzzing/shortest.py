"""The shortest part of a sequence that still makes a device depart.

Hypothesis shrinks what it draws, and may stop early; here every action that can be left out is.
"""

from collections.abc import Sequence
from dataclasses import replace

from emulator.testing.fuzzing.session import Action, Departure, FuzzSession, SentCommand


def shortest(session: FuzzSession, departure: Departure, actions: Sequence[Action]) -> Departure:
    """The departure of the same kind after the fewest actions; no single one of them is needless.

    A real device that answers nothing any more departs after whatever is done: what led to that is
    told as it was, and not shortened.

    Args:
        session: with the device, which is put back before each attempt.
        departure: that was found.
        actions: that led to it.
    """
    kept, found = list(actions), departure
    again = True
    while again:
        again = False
        for position in reversed(range(len(kept))):
            if session.real and not session.alive():
                return found
            fewer = _without(kept, position)
            told = perform(session, fewer)
            if told is not None and told.judged.field == departure.judged.field:
                kept, found, again = fewer, told, True
                break
    return found


def perform(session: FuzzSession, actions: Sequence[Action]) -> Departure | None:
    """Do these things to the device as it was at first; how it departed, None when it did not."""
    session.begin()
    sent: dict[int, SentCommand] = {}
    try:
        for position, action in enumerate(actions):
            done = _do(session, action, sent)
            if done is not None:
                sent[position] = done
    except Departure as departure:
        return departure
    return None


def _do(session: FuzzSession, action: Action, sent: dict[int, SentCommand]) -> SentCommand | None:
    match action:
        case Action(do="send"):
            return session.send(action.name)
        case Action(do="replay", of=int(of)):
            session.replay(sent[of])
        case Action(do="send_below", of=int(of)):
            session.send_below(sent[of])
        case Action(do="spoil", how=how) if how is not None:
            session.spoil(action.name, how)
        case Action(do="say_octets"):
            session.say_octets(action.octets)
        case Action(do="wait"):
            session.wait(action.duration)
        case _:
            session.cut_power()
    return None


def _without(actions: Sequence[Action], left_out: int) -> list[Action]:
    """The actions without one, and without those that are about the command it sent."""
    places: dict[int, int] = {}
    kept: list[Action] = []
    for position, action in enumerate(actions):
        if left_out in (position, action.of):
            continue
        places[position] = len(kept)
        moved = None if action.of is None else places[action.of]
        kept.append(replace(action, of=moved))
    return kept
