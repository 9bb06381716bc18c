"""Requests in several homes at once: sent to all of them, and awaited together.

A gas meter wakes every half hour, and then fetches all that waits for it: who installs many homes
does not wait for one after the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from emulator.dcc.service_request import Acknowledgement, ServiceResponse
from emulator.kernel.identity import Eui64
from emulator.kernel.units import format_duration, parse_duration
from emulator.lab.installing.installation import COMMISSIONED, Ask, Installation, said, told
from emulator.lab.lab import Lab


@dataclass(frozen=True, slots=True)
class _Sent:
    """A request of one home, and the DCC's answer to it."""

    work: Installation
    asked: Ask
    answer: Acknowledgement

    @property
    def response(self) -> ServiceResponse | None:
        """What the device answered so far."""
        return self.work.side.dcc.mailbox.response(self.answer.request_id)

    @property
    def carried_out(self) -> bool:
        """Whether the device did it."""
        return (found := self.response) is not None and found.successful

    @property
    def words(self) -> str:
        """Where it stands."""
        device = self.asked.target
        name = "the DCC" if device is None else self.work.name(device)
        return f"{name}: {said(self.response) if self.answer.accepted else told(self.answer)}"


class Round:
    """Requests that are sent to homes without waiting for one before the next.

    Args:
        lab: where its steps are told.
    """

    def __init__(self, lab: Lab) -> None:
        self._lab = lab
        self._sent: list[_Sent] = []

    def send(self, name: str, asked: Sequence[tuple[Installation, Ask]]) -> None:
        """A step in which each request is accepted; no step when there is none.

        Args:
            name: of the step.
            asked: one for a device: of two that are sent at once the later may arrive first, and
                its counter bars the other (GBCS 4.3.1). So every step lasts as long as that may be.

        Raises:
            StepFailed: when one is refused.
        """
        if not asked:
            return
        step = self._lab.step(name, asked[0][1].clause)
        sent = [_Sent(work, each, work.send(each)) for work, each in asked]
        refused = [each.words for each in sent if not each.answer.accepted]
        if refused:
            step.expect(lambda: False, "; ".join(refused))
        self._sent += sent
        step.run(format_duration(asked[0][0].side.settings.wan.longest))

    def answered(self, name: str, clause: str) -> None:
        """A step that waits until every device has carried out what it was sent since the last.

        Raises:
            StepFailed: when one has not in the time that its kind may take.
        """
        if not self._sent:
            return
        sent, self._sent = self._sent, []
        waiting = list(sent)

        def carried_out() -> bool:
            while waiting and waiting[-1].carried_out:
                waiting.pop()
            return not waiting

        self._lab.step(name, clause).until(
            carried_out,
            within=max((each.asked.within for each in sent), key=parse_duration),
            detail=lambda: f"{len(sent)} of {len(sent)} carried out",
            otherwise=lambda: "; ".join(each.words for each in sent if not each.carried_out),
        )


def commissioned_together(
    lab: Lab, name: str, clause: str, devices: Sequence[tuple[Installation, Eui64]]
) -> None:
    """A step that checks that the inventory has devices of several homes as commissioned.

    Raises:
        StepFailed: when one has another status.
    """
    statuses = {work.name(eui64): work.side.status(eui64) for work, eui64 in devices}
    other = [f"{each}: {status}" for each, status in statuses.items() if status != COMMISSIONED]
    if devices:
        detail = "; ".join(other) or f"{len(devices)} of {len(devices)}"
        lab.step(name, clause).expect(lambda: not other, detail)
