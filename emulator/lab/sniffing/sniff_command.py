"""What `hanlab radio sniff` does: checks everything, listens, tells, and says what came of it."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.kernel.extensions import load, names
from emulator.kernel.units import Duration, parse_duration
from emulator.lab.interactive.order_words import Mistakes
from emulator.lab.kept.end_request import ended_by_request
from emulator.lab.sniffing.channels import DWELL, parse_channels
from emulator.lab.sniffing.claims import Found, Known, find
from emulator.lab.sniffing.kinds import SnifferKind
from emulator.lab.sniffing.live_telling import LiveTelling
from emulator.lab.sniffing.outlets import (
    STDOUT,
    Outlet,
    check_outlet,
    make_pipe,
    outlet,
    wireshark,
)
from emulator.lab.sniffing.own_network import OwnNetwork
from emulator.lab.sniffing.sniff import Listening, Sniff
from emulator.lab.sniffing.sniff_talk import SniffTalk
from emulator.radio.port import Channel

INTERRUPTED: Final = 130
_SECOND: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class SniffRequest:
    """What is asked for, as the command line has it.

    Args:
        radio: KIND:PORT.
        channels: as written, None for that of `--state`.
        dwell: how long on each of several channels, None for the usual.
        known: of one's own network.
        out: file, named pipe or `-`; None for nowhere.
        pipe: a named pipe that is made.
        wireshark: whether one is started.
        export_keys: whether keys stand in the capture.
        duration: after which it ends.
        frames: after which it ends.
        quiet: whether frames are not told.
        force: whether a file that is there is written anew.
    """

    radio: str
    channels: str | None = None
    dwell: str | None = None
    known: Known = field(default_factory=Known)
    out: str | None = None
    pipe: Path | None = None
    wireshark: bool = False
    export_keys: bool = False
    duration: str | None = None
    frames: int | None = None
    quiet: bool = False
    force: bool = False


@dataclass(frozen=True, slots=True)
class _Plan:
    kind: SnifferKind
    listening: Listening
    found: Found


def sniff_command(request: SniffRequest, *, as_json: bool) -> int:
    """Listen until Ctrl-C, SIGTERM or the end that was asked for, and give the exit status.

    Raises:
        UsageError: with every mistake; then nothing was opened.
        EnvironmentFault: when the dongle does not answer, or is pulled out; the capture is whole.
    """
    plan = _checked(request)
    with ended_by_request():
        return _listen(plan, request, as_json=as_json)


def _listen(plan: _Plan, request: SniffRequest, *, as_json: bool) -> int:
    report = plan.kind.probe(plan.listening.port)
    talk = SniffTalk(sys.stderr if request.out == STDOUT else sys.stdout, as_json=as_json)
    own = OwnNetwork(plan.found.claim(everything=request.known.all_pans))
    with _outlets(request, talk) as outlets:
        began = round(datetime.now(UTC).timestamp() * _SECOND)
        sniff = Sniff(plan.listening, plan.kind, own, outlets, began)
        telling = LiveTelling(sniff.scheduler, plan.found.ring, lambda row: talk.row(row, began))
        if not request.quiet:
            sniff.tell(telling.frame)
        try:
            talk.begun(report.firmware, plan.listening, own, everybody=request.known.all_pans)
            sniff.begin(plan.found.ring.capture_keys() if request.export_keys else ())
            sniff.run()
        except KeyboardInterrupt:
            return INTERRUPTED
        else:
            return 0
        finally:
            sniff.close()
            telling.rest()
            talk.ended(sniff, telling.untold, outlets)


def _checked(request: SniffRequest) -> _Plan:
    """What is to be done.

    Raises:
        UsageError: with every mistake of the request.
    """
    mistakes = Mistakes()
    scheme, _, port = request.radio.partition(":")
    kind = mistakes.read(lambda: _kind(request.radio, scheme, port))
    found = find(request.known, mistakes)
    channels = mistakes.read(lambda: _channels(request.channels, found))
    dwell = mistakes.read(lambda: _duration("--dwell", request.dwell))
    duration = mistakes.read(lambda: _duration("--for", request.duration))
    if request.out is not None:
        text = request.out
        mistakes.read(lambda: check_outlet(text, force=request.force))
    if mistakes.problems or kind is None or not channels:
        raise UsageError(*mistakes.problems)
    listening = Listening(
        port=port,
        channels=channels,
        dwell=dwell or DWELL,
        duration=duration,
        frames=request.frames,
    )
    return _Plan(kind, listening, found)


def _kind(text: str, scheme: str, port: str) -> SnifferKind:
    known = names("hanlab.sniffers")
    if scheme not in known or not port:
        raise UsageError(f"--radio {text}: expected KIND:PORT, KIND one of {', '.join(known)}")
    kind: SnifferKind = load("hanlab.sniffers", scheme)
    try:
        kind.check(port)
    except UsageError as refusal:
        raise UsageError(f"--radio {text}: {refusal}") from refusal
    return kind


def _channels(text: str | None, found: Found) -> Sequence[Channel]:
    if text is not None:
        return parse_channels(text)
    if not found.channels:
        raise UsageError("--channels: expected one, like 15, or several, like 11,15 or 11-26")
    return tuple(Channel(0, number) for number in dict.fromkeys(found.channels))


def _duration(option: str, text: str | None) -> Duration | None:
    if text is None:
        return None
    try:
        duration = parse_duration(text)
    except UsageError as refusal:
        raise UsageError(f"{option} {text}: {refusal}") from refusal
    if duration <= 0:
        raise UsageError(f"{option} {text}: expected more than nothing")
    return duration


@contextmanager
def _outlets(request: SniffRequest, talk: SniffTalk) -> Iterator[Sequence[Outlet]]:
    """Every outlet, open; those that opened are closed when another does not."""
    opened: list[Outlet] = []
    openers: list[Callable[[], Outlet]] = []
    if request.out is not None:
        text = request.out
        openers.append(lambda: outlet(text))
    if request.pipe is not None:
        pipe = request.pipe
        make_pipe(pipe)
        talk.say("waiting", f"waits for a reader of {pipe}", {"pipe": str(pipe)})
        openers.append(lambda: outlet(str(pipe)))
    if request.wireshark:
        openers.append(wireshark)
    try:
        opened.extend(opener() for opener in openers)
        yield opened
    except EnvironmentFault:
        for each in opened:
            each.close()
        raise
