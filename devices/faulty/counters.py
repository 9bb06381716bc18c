"""Defects of counters: replay, roles, and what a loss of power does to them (GBCS 4.3.1)."""

from devices.faulty.forgetting import Memory, forgetting
from devices.faulty.rewriting import rewritten
from emulator.equipment.request import RemoteParties
from emulator.gbcs.envelope import Message
from emulator.gbcs.protection.message_protection import Protection
from emulator.gbcs.protection.refusal import ProtectionError
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs_device.remote_party_machine import RemotePartyMachine
from emulator.smart_energy.device import Applications

_WINDOW = 16


def counter_unchecked(remote: RemoteParties, good: Applications) -> Applications:
    """Acts on a command again when it comes again (against GBCS 4.3.1)."""

    def incoming(message: Message, own: RemotePartyMachine, _: Protection) -> Message:
        anchors = own.identity.anchors
        anchors.restore({**anchors.snapshot(), "counters": []})
        return message

    return rewritten(remote, good, incoming=incoming)


def equal_counter_accepted(remote: RemoteParties, good: Applications) -> Applications:
    """Takes a counter equal to the last for a fresh one (against GBCS 4.3.1)."""

    def incoming(message: Message, own: RemotePartyMachine, _: Protection) -> Message:
        anchors = own.identity.anchors
        for role in anchors.roles_of(message.originator):
            if anchors.highest_counter(role) == message.counter:
                anchors.record_counter(role, message.counter - 1)
        return message

    return rewritten(remote, good, incoming=incoming)


def lower_counter_accepted(remote: RemoteParties, good: Applications) -> Applications:
    """Takes counters that are a little below the last for fresh ones (against GBCS 4.3.1)."""

    def incoming(message: Message, own: RemotePartyMachine, _: Protection) -> Message:
        anchors = own.identity.anchors
        for role in anchors.roles_of(message.originator):
            last = anchors.highest_counter(role)
            if last - _WINDOW < message.counter < last:
                anchors.record_counter(role, message.counter - 1)
        return message

    return rewritten(remote, good, incoming=incoming)


def refused_counts(remote: RemoteParties, good: Applications) -> Applications:
    """Takes note of the counter of a command before it checks who sent it (against GBCS 4.3.1)."""

    def incoming(message: Message, own: RemotePartyMachine, protection: Protection) -> Message:
        anchors = own.identity.anchors
        try:
            protection.require(message)
        except ProtectionError:
            for role in anchors.roles_of(message.originator):
                highest = max(message.counter, anchors.highest_counter(role))
                anchors.record_counter(role, highest)
        return message

    return rewritten(remote, good, incoming=incoming)


def one_counter_for_all(remote: RemoteParties, good: Applications) -> Applications:
    """Holds commands of one party against the counters of every other (against GBCS 4.3.1)."""

    def incoming(message: Message, own: RemotePartyMachine, _: Protection) -> Message:
        anchors = own.identity.anchors
        highest = max(map(anchors.highest_counter, RemotePartyRole))
        for role in anchors.roles_of(message.originator):
            anchors.record_counter(role, highest)
        return message

    return rewritten(remote, good, incoming=incoming)


def counter_lost(_: RemoteParties, good: Applications) -> Applications:
    """Loses the counters of its remote parties with its power (against GBCS 4.3.1)."""

    def forget(kept: Memory, _: Memory) -> Memory:
        identity = kept["identity"]
        anchors = {**identity["anchors"], "counters": []}
        return {**kept, "identity": {**identity, "anchors": anchors}}

    return forgetting(good, forget)


def alert_counter_lost(_: RemoteParties, good: Applications) -> Applications:
    """Begins to count its own messages anew when it lost its power (against GBCS 4.3.1)."""

    def forget(kept: Memory, fresh: Memory) -> Memory:
        return {**kept, "counter": fresh["counter"]}

    return forgetting(good, forget)
