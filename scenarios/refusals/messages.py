"""Messages that a meter must refuse: replayed, forged, cut, or meant for somebody else."""

from dataclasses import replace

from emulator.dcc.facts import CommandSent
from emulator.equipment.facts import MessageLost, MessageUnroutable
from emulator.equipment.primitives import FromWan
from emulator.gbcs.envelope import Message
from emulator.gbcs_device.facts import CommandExecuted, CommandRefused
from emulator.kernel.identity import Eui64
from emulator.lab.installing.installation import Installation
from emulator.lab.installing.visits import begin, fit_hub, install_electricity
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab

SOURCES = (Source("GBCS", "4.3.1, 6.2.4, 7.2"),)
TAGS = ("refusal", "security", "replay", "gbcs")
SHIPMENT = "one-meter.csv"
SERVICE_MODE = "end_to_end"
STRANGER = Eui64(0x02_48_41_4E_00_00_0F_FF)


def run(lab: Lab) -> None:
    """Genuine commands as they crossed the SM WAN, sent again or changed; none is executed."""
    lab.home_needs("ESME")
    work = begin(lab)
    fit_hub(work)
    install_electricity(work, work.home.device("ESME"))
    set_clock, set_mpan = genuine(work, 0x0062), genuine(work, 0x004C)
    before = executed(work)
    refuse(work, "a replayed command", set_mpan, "GBCS 4.3.1")
    refuse(work, "a replayed signed command", set_clock, "GBCS 4.3.1")
    refuse(work, "a command with another MAC", set_mpan[:-1] + b"\x00", "GBCS 6.2.4")
    refuse(work, "a command whose value was changed", changed(set_mpan), "GBCS 6.2.4")
    refuse(work, "a command with another signature", forged(set_clock), "GBCS 6.2.4")
    other = replace(Message.decode(set_mpan), recipient=STRANGER).encode()
    drop(work, "a command for a device that is not here", other)
    drop(work, "a command that is cut off", set_mpan[:40])
    lab.step("none of them was executed", "GBCS 6.2.4").expect(
        lambda: executed(work) == before, f"{before} commands executed, all genuine"
    )


def genuine(work: Installation, code: int) -> bytes:
    """The last command of a use case as the DCC sent it to the meter."""
    sent = (fact for _, fact in work.lab.trace.of(CommandSent))
    return [fact.octets for fact in sent if fact.message_code == code][-1]


def executed(work: Installation) -> int:
    """How many commands the meter executed so far."""
    return sum(1 for _ in work.lab.trace.of(CommandExecuted, "ESME"))


def changed(octets: bytes) -> bytes:
    """The same command with one bit of its payload changed."""
    place = octets.rindex(Message.decode(octets).payload) + len(Message.decode(octets).payload) - 1
    return octets[:place] + bytes((octets[place] ^ 1,)) + octets[place + 1 :]


def forged(octets: bytes) -> bytes:
    """The same command, its counter raised, under a signature that is not for it."""
    message = Message.decode(octets)
    return replace(message, counter=message.counter + 1000).encode()


def refuse(work: Installation, name: str, octets: bytes, clause: str) -> None:
    """The meter gets the octets, says in the trace which rule they break, and answers nothing."""
    seen = sum(1 for _ in work.lab.trace.of(CommandRefused, "ESME"))

    def rules() -> list[str]:
        facts = [fact for _, fact in work.lab.trace.of(CommandRefused, "ESME")]
        return [f"{fact.rule}: {fact.reason}" for fact in facts[seen:]]

    step = work.lab.step(f"{name} is refused", clause)
    step.do(lambda: work.home.hub.post(FromWan(octets)))
    step.until(lambda: bool(rules()), within="1 min", detail=lambda: rules()[0])


def drop(work: Installation, name: str, octets: bytes) -> None:
    """The hub does not pass the octets on."""
    hub = work.home.hub.name
    kinds = (MessageUnroutable, MessageLost)
    seen = sum(1 for kind in kinds for _ in work.lab.trace.of(kind, hub))
    step = work.lab.step(f"{name} goes no further than the hub", "GBCS 10.2.2")
    step.do(lambda: work.home.hub.post(FromWan(octets)))
    step.until(
        lambda: sum(1 for kind in kinds for _ in work.lab.trace.of(kind, hub)) > seen,
        within="1 min",
    )
