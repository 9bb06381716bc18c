"""A received ZDP request as the answering parts look at it."""

from dataclasses import dataclass
from typing import Any

from emulator.kernel.identity import Eui64
from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.aps.primitives import ApsSecurity
from emulator.zigbee.zdo.descriptors import NodeDescription
from emulator.zigbee.zdo.frames import ZdpResponse
from emulator.zigbee.zdo.primitives import ZdoTables
from emulator.zigbee.zdo.settings import ZdoSettings


@dataclass(frozen=True, slots=True)
class Ourselves:
    """The node that answers.

    Args:
        eui64: its own.
        address: its short address.
        description: what it is.
        settings: policies.
        tables: what it knows.
    """

    eui64: Eui64
    address: NwkAddress
    description: NodeDescription
    settings: ZdoSettings
    tables: ZdoTables


@dataclass(frozen=True, slots=True)
class Asked:
    """How a request came.

    Args:
        source: who asks.
        broadcast: whether everybody was asked, so that only who has something to say answers.
        security: what protected the request.
    """

    source: NwkAddress
    broadcast: bool
    security: ApsSecurity


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes of a request: a response or silence, and effects inside the node."""

    response: ZdpResponse | None = None
    effects: tuple[Any, ...] = ()
