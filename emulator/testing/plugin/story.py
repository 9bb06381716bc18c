"""What happened in a home, as text: the last steps, their messages decoded, the last frames."""

from collections.abc import Iterator
from typing import Final

import pytest

from emulator.kernel.units import format_duration
from emulator.lab.kept.result import ChartRow, Step, Verdict
from emulator.lab.lab import Lab

_STEPS: Final = 8
_FRAMES: Final = 12
_ACKNOWLEDGEMENTS: Final = ("Ack", "APS Ack")
_DETAILED: Final = 2
"""Steps whose messages are told field by field: the last ones."""


def story(lab: Lab) -> str:
    """What a person reads first when a test failed."""
    return "\n".join((*_steps(lab), *_devices(lab), *_frames(lab)))


def note_failure(lab: Lab, name: str, report: pytest.TestReport) -> None:
    """Let the failure of a test be the last step, unless a step of its home failed before.

    What crossed the wide area network since the last step belongs to it.
    """
    if any(step.verdict is Verdict.FAIL for step in lab.steps):
        return
    now = lab.scheduler.now
    properties = [text for what, text in report.user_properties if what == "clause"]
    told = Step(
        name=f"test {name}",
        clause="; ".join(map(str, properties)),
        verdict=Verdict.FAIL,
        start=now,
        end=now,
        detail=_reason(report),
        messages=lab.take_messages(),
    )
    lab.steps.append(told)


def _reason(report: pytest.TestReport) -> str:
    """The line in which pytest says what went wrong."""
    crash = getattr(report.longrepr, "reprcrash", None)
    text = str(report.longrepr) if crash is None else str(crash.message)
    return (text.strip().splitlines() or [""])[0]


def _steps(lab: Lab) -> Iterator[str]:
    steps = lab.steps
    hidden = len(steps) - _STEPS
    if not steps:
        yield "no step was done"
    if hidden > 0:
        yield f"{hidden} steps before these, and then:"
    first = max(0, hidden)
    for number, step in enumerate(steps[first:], first + 1):
        yield _step(step)
        detailed = number > len(steps) - _DETAILED or step.verdict is not Verdict.PASS
        for message in step.messages:
            yield f"    {message.source} -> {message.destination}: {message.title}"
            if detailed:
                yield from (f"      {line}" for line in message.detail)


def _step(step: Step) -> str:
    told = f": {step.detail}" if step.detail else ""
    clause = f" ({step.clause})" if step.clause else ""
    at = format_duration(step.start)
    return f"  {at:>12}  {step.verdict.value.upper():<5} {step.name}{clause}{told}"


def _devices(lab: Lab) -> Iterator[str]:
    yield f"devices at {format_duration(lab.scheduler.now)}:"
    for row in lab.device_rows():
        joined = "joined" if row.joined else "not joined"
        status = f", {row.smi_status}" if row.smi_status else ""
        yield f"  {row.name}: {joined}, link key {row.link_key.value}{status}"


def _frames(lab: Lab) -> Iterator[str]:
    rows = lab.chart()
    if not rows:
        yield "no frame was sent"
        return
    told = [row for row in rows if row.label not in _ACKNOWLEDGEMENTS][-_FRAMES:]
    yield f"the last of {len(rows)} frames, without acknowledgements:"
    yield from map(_frame, told)
    if told:
        yield "the last of them:"
        yield from (f"  {line}" for line in told[-1].detail)


def _frame(row: ChartRow) -> str:
    secured = f" [{row.security}]" if row.security else ""
    at = format_duration(row.at)
    return f"  {at:>18}  {row.source} -> {row.destination}: {row.label}{secured}"
