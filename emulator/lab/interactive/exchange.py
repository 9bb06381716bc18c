"""One command and its answer, as a step of the run (GBCS 7.2)."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from rich.console import Console
from rich.text import Text

from emulator.dcc.dcc import RequestPlan
from emulator.dcc.service_request import Acknowledgement, DeviceAlert, RequestId, ServiceResponse
from emulator.gbcs.alert_codes import alert_name
from emulator.gbcs.protection.message_protection import Protection
from emulator.gbcs.service_requests.catalogue import service_request
from emulator.kernel.identity import format_eui64
from emulator.kernel.units import hours, later
from emulator.lab.installing.installation import Installation, said, told
from emulator.lab.interactive.interrupts import interruptible
from emulator.lab.interactive.sender import SentCommand, UseCaseOrder, send_use_case
from emulator.lab.messages.message_decoding import message_document, print_message
from emulator.lab.steps.unmet import StepFailed

LONGEST: Final = hours(48)
"""More than the DCC waits for any device."""
_STYLES: Final = {True: "bold green", False: "bold red"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """What came of a command or a request.

    Args:
        title: what it was.
        sent: the command; None for a service request, which the DCC makes it of.
        answer: of the DCC at once, to a service request.
        response: None when nobody waited for it any longer, or there is none to wait for.
        good: whether everything asked for was carried out.
        keys: that open the response.
        alerts: that users were sent meanwhile.
    """

    title: str
    sent: SentCommand | None = None
    answer: Acknowledgement | None = None
    response: ServiceResponse | None = None
    good: bool = False
    keys: Protection | None = None
    alerts: tuple[DeviceAlert, ...] = ()

    @property
    def interrupted(self) -> bool:
        """Whether nobody waited for the answer that was to come."""
        return self.response is None and (self.answer is None or self.answer.code == "I99")

    @property
    def outcome(self) -> str:
        """How it ended, in words."""
        if self.interrupted:
            return "no answer when the waiting ended"
        if self.response is None and self.answer is not None:
            return told(self.answer)
        return said(self.response)


def exchange_use_case(work: Installation, order: UseCaseOrder) -> Exchange:
    """Send a use case and wait for its answer; Ctrl-C ends the waiting.

    Raises:
        UsageError: when no command can be made or sent; then nothing happened.
        LocalError: when a key to protect it with is not at hand.
    """
    title = f"{order.use_case} to {work.name(order.target)}"
    before = work.side.dcc.mailbox.alerts_so_far()
    sent = send_use_case(work.side, order)
    response = _awaited(work, title, sent.request_id)
    return Exchange(
        title=title,
        sent=sent,
        response=response,
        good=response is not None and response.successful,
        keys=_keys(work),
        alerts=work.side.dcc.mailbox.alerts_after(before),
    )


def exchange_request(work: Installation, user: str, plan: RequestPlan) -> Exchange:
    """Send a service request of a user, and wait where a device has to answer.

    Raises:
        UsageError: when no request is called so.
    """
    service = service_request(plan.srv)
    title = f"{service} by {user}"
    before = work.side.dcc.mailbox.alerts_so_far()
    answer = work.side.dcc.ask(user, plan)
    if not answer.accepted or service.non_device:
        _step(work, title, good=answer.accepted, detail=told(answer))
        return Exchange(title=title, answer=answer, good=answer.accepted)
    response = _awaited(work, title, answer.request_id)
    good = response is not None and response.successful
    return Exchange(
        title=title,
        answer=answer,
        response=response,
        good=good,
        keys=_keys(work),
        alerts=work.side.dcc.mailbox.alerts_after(before),
    )


def print_exchange(found: Exchange, console: Console) -> None:
    """Print the decoded answer, and how it ended."""
    if found.response is not None and found.response.message is not None:
        print_message(found.response.message, found.keys, console)
    for code, count in Counter(each.code for each in found.alerts).items():
        times = f", {count} times" if count > 1 else ""
        console.print(Text(f"alert {code:04X} {alert_name(code)}{times}", "yellow"))
    verdict = Text("PASS" if found.good else "FAIL", _STYLES[found.good])
    console.print(Text.assemble(verdict, f"  {found.title}: {found.outcome}"), soft_wrap=True)
    body = None if found.answer is None else found.answer.body
    if body is not None:
        console.print(Text(str(body)), soft_wrap=True)


def exchange_document(found: Exchange) -> Mapping[str, Any]:
    """What programs read of an exchange."""
    document: dict[str, Any] = {"title": found.title, "successful": found.good}
    document["outcome"] = found.outcome
    if found.sent is not None:
        message = found.sent.message
        document |= {
            "role": found.sent.role.value,
            "originator": format_eui64(message.originator),
            "device": format_eui64(message.recipient),
            "command": message.encode().hex(),
        }
    document["alerts"] = [
        {"code": f"{each.code:04X}", "name": alert_name(each.code), "message": each.message.hex()}
        for each in found.alerts
    ]
    response = found.response
    document["code"] = None if response is None else response.code
    octets = None if response is None else response.message
    document["response"] = None if octets is None else octets.hex()
    document["decoded"] = None if octets is None else message_document(octets, found.keys)
    return document


def run_until(work: Installation, condition: Callable[[], bool]) -> None:
    """Let time pass until a condition holds, Ctrl-C is pressed, or nothing comes any more."""
    scheduler = work.lab.scheduler
    with interruptible() as stopped:
        if not condition():
            limit = later(scheduler.now, LONGEST)
            scheduler.run(limit, stop=lambda: condition() or stopped())


def _awaited(work: Installation, title: str, request_id: RequestId) -> ServiceResponse | None:
    mailbox = work.side.dcc.mailbox
    work.lab.report_progress(title)
    run_until(work, lambda: mailbox.response(request_id) is not None)
    response = mailbox.response(request_id)
    good = response is not None and response.successful
    _step(work, title, good=good, detail=said(response))
    return response


def _step(work: Installation, title: str, *, good: bool, detail: str) -> None:
    """A step that says how it went; at a prompt a failure ends nothing."""
    try:
        work.lab.step(title, "GBCS 7.2").expect(lambda: good, detail)
    except StepFailed:
        return


def _keys(work: Installation) -> Protection:
    return work.side.dcc.world.protection_at(work.lab.scheduler.now)
