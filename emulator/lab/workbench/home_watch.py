"""What somebody sees of premises that live: asked in the loop, and given as values."""

import json
from collections import deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final

from emulator.dcc.service_request import (
    Acknowledgement,
    DccAlert,
    DeviceAlert,
    RequestId,
    ServiceResponse,
)
from emulator.gbcs.service_requests.catalogue import service_request
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64, format_eui64
from emulator.kernel.trace import plain
from emulator.kernel.units import Instant
from emulator.lab.installing.installation import Installation
from emulator.lab.kept.result import DeviceRow, StepMessage
from emulator.lab.workbench.live_chart import LiveChart, Rows

FILES: Final = (
    ("han.pcapng", "the installation, as it was on the air"),
    ("zigbee_pc_keys", "keys that open it in Wireshark"),
    ("devices.json", "devices, keys and status as they are now"),
)
"""What can be taken away of a home, and what it is."""
ROWS_AT_ONCE: Final = 100
"""Frames that are dissected in one go: the home waits no longer than for so many."""
_MESSAGES_AT_ONCE: Final = 10
_KEPT: Final = 300
_HUB: Final = "CHF"
FIRST: Final = 1
"""Number of the home that is there in any case."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the DCC told a user.

    Args:
        at: when.
        user: whom.
        what: `answer`, `response`, `device alert` or `DCC alert`.
        device: whom it is about; empty where it is about none.
        code: response or alert code.
        good: whether all is as asked.
        words: more of it.
    """

    at: Instant
    user: str
    what: str
    device: str
    code: str
    good: bool
    words: str


@dataclass(frozen=True, slots=True)
class Premises:
    """A home.

    Args:
        name: empty where there is one home only.
        devices: as they are now, the hub's first.
    """

    name: str
    devices: tuple[DeviceRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What is new since somebody last asked.

    Args:
        moment: what time it is there, UTC; `now` is the instant.
        charts: rows of the sequence chart of each home that somebody watches, by its number.
        messages: that crossed the SM WAN, decoded.
        told: to users by the DCC.
        more: whether there is more of it already.
    """

    moment: datetime
    now: Instant
    charts: Mapping[int, Rows]
    messages: tuple[StepMessage, ...]
    told: tuple[Told, ...]
    premises: tuple[Premises, ...]
    more: bool


class HomeWatch:
    """Looks at homes and their DCC; made before they come up, asked in the loop only.

    The air of the first home is listened to all the time, that of another while somebody watches.

    Args:
        work: the home, or the first of several.
        others: further homes behind the same DCC, in the order of their numbers from 2.
    """

    def __init__(self, work: Installation, others: Sequence[Installation] = ()) -> None:
        self.work: Final = work
        self.homes: Final = (work, *others)
        self._charts = {FIRST: LiveChart(work.lab.world)}
        self._told: deque[Told] = deque(maxlen=_KEPT)
        self._messages: deque[StepMessage] = deque(maxlen=_KEPT)
        self._steps = 0
        work.side.dcc.listen(self._note)

    def news(self, watched: Collection[int] = (FIRST,)) -> News:
        """What is new since this was last asked.

        Args:
            watched: numbers of the homes whose air somebody looks at; of others nothing is told.
        """
        lab = self.work.lab
        charts = {
            number: self._chart(number).take(ROWS_AT_ONCE)
            for number in sorted(watched)
            if 1 <= number <= len(self.homes)
        }
        self._close_all_but(watched)
        told = tuple(self._told)
        self._told.clear()
        return News(
            moment=self.work.side.moment,
            now=lab.scheduler.now,
            charts=charts,
            messages=self._crossed(),
            told=told,
            premises=premises_of(lab.device_rows()),
            more=any(each.more for each in charts.values()) or bool(self._messages),
        )

    def file(self, name: str, number: int = FIRST) -> bytes | None:
        """A file about a home as it is; None where there is no such file or no such home."""
        if not 1 <= number <= len(self.homes):
            return None
        lab = self.homes[number - 1].lab
        match name:
            case "han.pcapng":
                return lab.capture()
            case "zigbee_pc_keys":
                return lab.key_file().encode()
            case "devices.json":
                home = premises_of(self.work.lab.device_rows())[number - 1]
                rows = [plain(row) | {"eui64": format_eui64(row.eui64)} for row in home.devices]
                return json.dumps(rows, indent=2).encode()
            case _:
                return None

    def told_of(self, sent: object) -> Told | None:
        """What is shown of something that the DCC sent; None where nothing is."""
        at = self.work.lab.scheduler.now
        match sent:
            case Acknowledgement(request_id=name, code=code, accepted=good, reason=words):
                return Told(at, *self._ends(name, "answer"), code, good, words)
            case ServiceResponse(request_id=name, code=code, successful=good):
                words = " ".join(filter(None, (sent.srv, _called(sent.srv), sent.reason)))
                return Told(at, *self._ends(name, "response"), code, good, words)
            case DeviceAlert(user=user, device=device, code=number):
                ends = self._name(user), "device alert", self._name(device)
                return Told(at, *ends, f"0x{number:04X}", good=True, words="")
            case DccAlert(user=user, code=code, family=family):
                return Told(at, self._name(user), "DCC alert", "", code, good=True, words=family)
            case _:
                return None

    def _chart(self, number: int) -> LiveChart:
        chart = self._charts.get(number)
        if chart is None:
            chart = self._charts[number] = LiveChart(self.homes[number - 1].lab.world)
        return chart

    def _close_all_but(self, watched: Collection[int]) -> None:
        for number in [each for each in self._charts if each != FIRST and each not in watched]:
            self._charts.pop(number).close()

    def _crossed(self) -> tuple[StepMessage, ...]:
        """The next messages: those of the steps of the installation, then those of every day."""
        lab = self.work.lab
        for step in islice(lab.steps, self._steps, None):
            self._messages.extend(step.messages)
        self._steps = len(lab.steps)
        self._messages.extend(lab.take_messages(_MESSAGES_AT_ONCE))
        count = min(len(self._messages), _MESSAGES_AT_ONCE * 5)
        return tuple(self._messages.popleft() for _ in range(count))

    def _note(self, sent: object) -> None:
        told = self.told_of(sent)
        if told is not None:
            self._told.append(told)

    def _ends(self, request: RequestId, what: str) -> tuple[str, str, str]:
        target = request.target
        no_device = target == self.work.side.dcc.world.name
        return self._name(request.originator), what, "" if no_device else self._name(target)

    def _name(self, eui64: Eui64) -> str:
        if eui64 == self.work.side.supplier:
            return self.work.supplier
        return self.work.side.names_of(eui64)


def _called(srv: str) -> str:
    """What a service reference variant is called; a schedule's own answers have none."""
    try:
        return service_request(srv).name
    except UsageError:
        return ""


def premises_of(devices: Sequence[DeviceRow]) -> tuple[Premises, ...]:
    """Devices by the home they belong to: each begins with its hub."""
    homes: list[list[DeviceRow]] = []
    for row in devices:
        if row.type == _HUB or not homes:
            homes.append([])
        homes[-1].append(row)
    return tuple(
        Premises(rows[0].name.removesuffix(_HUB).strip() if rows else "", tuple(rows))
        for rows in homes
    )
