"""A supplier gains a hundred thousand meters: what its requests for install codes come to."""

from datetime import datetime, timedelta

from emulator.dcc.incidents.email_desk import CodeRequest, EmailDesk, Reply
from emulator.dcc.incidents.notifications import Ledger
from emulator.dcc.incidents.obligations import obligation
from emulator.dcc.incidents.portfolio import GainedMeter, gained_meters
from emulator.dcc.incidents.records import Punctuality, Regime
from emulator.dcc.inventory.statuses import SmiStatus
from emulator.dcc.working_days import WorkingDays
from emulator.kernel.errors import LocalError
from emulator.kernel.identity import Eui64
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab
from emulator.lab.world.parties import GAINING_SUPPLIER, SUPPLIER

SOURCES = (
    Source("SEC MP121", "report 7: 3 % not commissioned, of which 10 % install and leave"),
    Source("SEC App. AC", "4.16 (MP121, alternative solution)"),
)
TAGS = ("change-of-supplier", "install-code", "bulk")
SHIPMENT = "one-meter.csv"
SERVICE_MODE = "end_to_end"

GAINED = 100_000
FIRST = Eui64(0x02_48_41_4E_10_00_00_00)
CODE = bytes(16)
ANSWERED_IN_TIME = 0.9
"""Assumed: of ten codes that are asked for, nine come within five working days."""


def run(lab: Lab) -> None:
    """One e-mail names them all; each device has its own answer, and its own five working days."""
    meters = tuple(gained_meters(GAINED, FIRST, lab.streams.stream("bulk", "meters")))
    share = len(meters) / GAINED
    lab.step("meters are gained, some not commissioned", "MP121 report 7").expect(
        lambda: 0.025 < share < 0.035, f"{len(meters)} of {GAINED}, {share:.1%}"
    )
    say_who_is_bound(lab, meters)
    moment = lab.calendar.moment(lab.scheduler.now)
    desk, request = ask_for_all(lab, meters, moment)
    answer(lab, desk, request, moment)


def say_who_is_bound(lab: Lab, meters: tuple[GainedMeter, ...]) -> None:
    """The legal text covers what was left without SM WAN; nine in ten are merely pending."""
    pending = sum(each.status is SmiStatus.PENDING for each in meters)
    bound = sum(obligation(Regime.EMAIL, each.installation).bound for each in meters)
    told = f"{pending} merely pending; somebody is bound for {bound} of {len(meters)}"
    lab.step("the legal text reaches about a tenth of them", "SEC App. AC 4.16").expect(
        lambda: bound == len(meters) - pending and bound < len(meters) / 5, told
    )


def ask_for_all(
    lab: Lab, meters: tuple[GainedMeter, ...], moment: datetime
) -> tuple[EmailDesk, CodeRequest]:
    """One request with every device."""
    desk = EmailDesk(WorkingDays(), Ledger())
    request = desk.ask(GAINING_SUPPLIER, SUPPLIER, [each.device for each in meters], moment)
    if not isinstance(request, CodeRequest):
        raise LocalError(request.reason)
    lab.step("one e-mail asks for all of them", "MP121 alternative 4.16 (a)").done(
        f"{len(request.devices)} devices, due {request.due:%F}"
    )
    return desk, request


def answer(lab: Lab, desk: EmailDesk, request: CodeRequest, moment: datetime) -> None:
    """Most codes come on the second day; the rest is overdue after the fifth working day."""
    chance = lab.streams.stream("bulk", "answers")
    for device in request.devices:
        if chance.chance(ANSWERED_IN_TIME):
            reply = Reply(device=device, moment=moment + timedelta(days=1), install_code=CODE)
            desk.reply(request.number, SUPPLIER, reply)
    late = request.due + timedelta(days=1)
    seen = [desk.punctuality(request.number, device, late) for device in request.devices]
    in_time = seen.count(Punctuality.IN_TIME)
    told = f"{in_time} in time, {seen.count(Punctuality.OVERDUE)} overdue"
    lab.step("five working days later some are overdue", "MP121 alternative 4.16 (b)").expect(
        lambda: in_time + seen.count(Punctuality.OVERDUE) == len(seen) > in_time, told
    )
