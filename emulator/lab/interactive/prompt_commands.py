"""The commands of the prompt of `hanlab up`, each on the home as it stands."""

from datetime import datetime
from pathlib import Path
from typing import Final

from rich.table import Table
from rich.text import Text

from emulator.dcc.dcc import RequestPlan
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64, format_eui64
from emulator.kernel.units import format_duration, later, parse_duration
from emulator.lab.displays.look import look_at_displays, shown_lines
from emulator.lab.installing.set_load import take
from emulator.lab.interactive.exchange import (
    Exchange,
    exchange_request,
    exchange_use_case,
    print_exchange,
)
from emulator.lab.interactive.interrupts import interruptible
from emulator.lab.interactive.order_words import OrderWords, read_date, read_order
from emulator.lab.interactive.premises import device_named
from emulator.lab.interactive.prompt_words import addressed, request_parameters
from emulator.lab.interactive.session import PromptCommand, PromptCommands, Session
from emulator.smart_energy.device import SmartEnergyDevice

FAILED: Final = 1
_SEND: Final = "send USECASE to DEVICE [as ROLE] [at MOMENT] [name=value]..."
_REQUEST: Final = "request SRV [to DEVICE] [as USER] [name=value]..."
_POWER: Final = "power DEVICE on|off"
_LOAD: Final = "load METER AMOUNT [element NUMBER]"


def show_devices(session: Session, words: tuple[str, ...]) -> None:
    """Every device, how it is joined, and through whom."""
    _no_words(words, "devices")
    powered = {each.description.eui64 for each in session.work.home if each.powered}
    hub = session.work.hub in powered
    table = _table("name", "EUI-64", "power", "link key", "address")
    for row in session.work.lab.device_rows():
        power = row.eui64 in powered or (row.type == "GPF" and hub)
        address = "" if row.nwk is None else f"0x{row.nwk:04X}"
        parent = f", parent {row.parent}" if row.parent else ""
        table.add_row(
            row.name,
            format_eui64(row.eui64),
            "on" if power else "off",
            row.link_key.value if row.joined else "not joined",
            f"{address}{parent}",
        )
    session.console.print(table)


def show_inventory(session: Session, words: tuple[str, ...]) -> None:
    """What the Smart Metering Inventory of the DCC holds."""
    _no_words(words, "inventory")
    table = _table("type", "EUI-64", "status", "supply point", "since")
    for record in session.work.side.inventory.snapshot():
        table.add_row(
            record.kind.value,
            format_eui64(record.device),
            "" if record.status is None else record.status.value,
            record.mpxn,
            f"{record.since:%Y-%m-%d %H:%M}",
        )
    session.console.print(table)


def send(session: Session, words: tuple[str, ...]) -> None:
    """A use case goes to a device; the answer is shown decoded."""
    line = addressed(words, _SEND)
    if not line.to:
        raise UsageError(f"no device: expected {_SEND}")
    told = OrderWords(
        use_case=line.what,
        target=line.to,
        values=line.values,
        role=line.who or None,
        date=line.date or None,
    )
    order = read_order(session.work, told)
    if not session.agreed(order.use_case):
        raise UsageError(f"{order.use_case} was not sent")
    _tell(session, exchange_use_case(session.work, order))


def request(session: Session, words: tuple[str, ...]) -> None:
    """A user sends a service request; what the DCC and the device answer is shown."""
    line = addressed(words, _REQUEST)
    target = device_named(session.work, line.to) if line.to else None
    date = read_date(line.date or None)
    plan = RequestPlan(
        line.what,
        target,
        request_parameters(line.values),
        date if isinstance(date, datetime) else None,
    )
    _tell(session, exchange_request(session.work, line.who or session.work.supplier, plan))


def power(session: Session, words: tuple[str, ...]) -> None:
    """A device gets power, or loses it."""
    if len(words) != 2 or words[1] not in ("on", "off"):
        raise UsageError(f"expected {_POWER}")
    device = _powered(session, device_named(session.work, words[0]))
    on = words[1] == "on"
    step = session.work.lab.step(f"{device.name} is switched {words[1]}", "R22 3.6.1")
    if on:
        device.power_on()
    else:
        device.power_off()
    if device is session.work.home.hub:
        _switch_wan(session, on=on)
    step.done()
    session.console.print(f"{device.name} is {words[1]}")


def load(session: Session, words: tuple[str, ...]) -> None:
    """The home takes something through a meter from now on."""
    if len(words) < 2:
        raise UsageError(f"expected {_LOAD}, like load ESME 2.5 kW")
    meter = _powered(session, device_named(session.work, words[0]))
    amount, mark, number = " ".join(words[1:]).partition(" element ")
    if mark and not number.isdecimal():
        raise UsageError(f"element {number!r}: expected {_LOAD}, like load ESME 2.5 kW element 2")
    take(session.work.lab, meter, amount, element=int(number or 1))
    through = f"{meter.name}, element {number}" if mark else meter.name
    session.work.lab.step(f"{through} is loaded with {amount}", "").done()
    session.console.print(f"{through} takes {amount}")


def display(session: Session, words: tuple[str, ...]) -> None:
    """Somebody looks at the displays of the home, or at one."""
    lab = session.work.lab
    for name, kind in look_at_displays(lab, " ".join(words)):
        for line in shown_lines(lab, name, kind):
            session.console.print(Text(line), soft_wrap=True)


def wait(session: Session, words: tuple[str, ...]) -> None:
    """Time passes; Ctrl-C ends it."""
    if not words:
        raise UsageError('expected wait DURATION, like "wait 30 min"')
    for_ = parse_duration(" ".join(words))
    lab = session.work.lab
    began = lab.scheduler.now
    step = lab.step(f"{format_duration(for_)} pass", "")
    lab.scheduler.after(for_, _nothing)
    with interruptible() as stopped:
        lab.scheduler.run(later(began, for_), stop=stopped)
    step.done()
    passed = format_duration(lab.scheduler.now - began)
    session.console.print(
        f"{passed} passed; it is {session.work.side.moment:%Y-%m-%d %H:%M:%S} UTC"
    )


def show_messages(session: Session, words: tuple[str, ...]) -> None:
    """What crossed the wide area network since this was last asked, or everything."""
    if words not in ((), ("all",)):
        raise UsageError("expected messages [all]")
    messages = session.messages()
    fresh = messages if words else messages[session.shown :]
    session.shown = len(messages)
    for each in fresh:
        at = f"{each.at / 1_000_000:.3f} s"
        line = f"{at:>14}  {each.source} > {each.destination}  {each.title}"
        session.console.print(Text(line), soft_wrap=True)
    if not fresh:
        session.console.print("no message since")


def report(session: Session, words: tuple[str, ...]) -> None:
    """The report, trace and capture of everything so far."""
    if len(words) != 1:
        raise UsageError("expected report DIR")
    session.console.print(f"report: {session.report(Path(words[0]))}", soft_wrap=True)


def show_help(session: Session, words: tuple[str, ...]) -> None:
    """What can be said."""
    _no_words(words, "help")
    for each in COMMANDS.values():
        session.console.print(Text(f"{each.usage}\n    {each.about}"))


def leave(session: Session, words: tuple[str, ...]) -> None:
    """The session ends, and what devices keep is kept."""
    _no_words(words, "quit")
    session.over = True


COMMANDS: Final[PromptCommands] = {
    "devices": PromptCommand("devices", "every device, and how it is joined", show_devices),
    "inventory": PromptCommand("inventory", "what the DCC knows of them", show_inventory),
    "send": PromptCommand(_SEND, "a use case to a device; shows the reply", send),
    "request": PromptCommand(_REQUEST, "a service request to the DCC", request),
    "power": PromptCommand(_POWER, "takes the power of a device, or gives it", power),
    "load": PromptCommand(_LOAD, "what the home takes through a meter: load ESME 2.5 kW", load),
    "display": PromptCommand("display [DEVICE]", "what displays show now", display),
    "wait": PromptCommand("wait DURATION", "lets time pass: wait 30 min", wait),
    "messages": PromptCommand(
        "messages [all]", "what crossed the wide area network since", show_messages
    ),
    "report": PromptCommand("report DIR", "writes report, trace and capture", report),
    "help": PromptCommand("help", "this", show_help),
    "quit": PromptCommand("quit", "ends, as Ctrl-D does", leave),
}
"""Every command, by its first word."""


def _table(*columns: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    for column in columns:
        table.add_column(column, no_wrap=True)
    return table


def _tell(session: Session, found: Exchange) -> None:
    print_exchange(found, session.console)
    if not found.good:
        session.status = FAILED


def _powered(session: Session, eui64: Eui64) -> SmartEnergyDevice:
    """The device whose supply that is; the gas proxy is in the hub."""
    home = session.work.home
    return next((each for each in home if each.description.eui64 == eui64), home.hub)


def _switch_wan(session: Session, *, on: bool) -> None:
    """A hub without power is off the wide area network, too."""
    if on:
        session.work.side.connect(session.work.home.hub)
    else:
        session.work.side.dcc.wan.disconnect(session.work.hub)


def _no_words(words: tuple[str, ...], usage: str) -> None:
    if words:
        raise UsageError(f"{' '.join(words)!r} has no place: expected {usage}")


def _nothing() -> None:
    """What happens at the end of a time that only passes."""
