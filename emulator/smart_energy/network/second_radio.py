"""How the radio below 1 GHz of a dual-band hub hangs on its node, beside the first one."""

from collections.abc import Callable

from emulator.kernel.node import Node
from emulator.radio.port import Radio, RadioEvent
from emulator.zigbee.mac.interfaces import SecondRadioCommand, SecondRadioEvent


def commands_of(radio: Radio) -> Callable[[SecondRadioCommand], None]:
    """Hands to the radio what the node wants of its second one."""
    return lambda command: radio.command(command.command)


def events_for(node: Node) -> Callable[[RadioEvent], None]:
    """Tells the node what its second radio tells."""
    return lambda event: node.post(SecondRadioEvent(event))
