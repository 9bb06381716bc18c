"""The components of one message, done one after the other, each answered (GBCS 7.2.10).

One that fails says why; all after it are answered that they were not attempted. What was done
before stays done.
"""

from collections.abc import Mapping
from typing import Final

from emulator.gbcs.gbz import MAXIMUM_COMPONENTS
from emulator.gbcs.gbz_component import GbzComponent
from emulator.gbcs_device.gbz.commands.answers import NOT_ATTEMPTED, Answer, failed
from emulator.gbcs_device.gbz.frames import AnswerFrames
from emulator.gbcs_device.gbz.meter import CommandSource, perform, refuse, start_of
from emulator.gbcs_device.gbz.state.attribute_reads import (
    all_read,
    attributes_asked_for,
    is_read,
    read_attributes,
)
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.kernel.errors import WireError
from emulator.zcl.primitives import ZclStatus

NO_COMMAND: Final = 0xFF
"""What the answer to a command that was not attempted names (RTDS 4.5.0)."""


class ComponentRun:
    """Does components on a store and collects their answers.

    An item is an attribute that is read, or a component of another kind.

    Args:
        store: what they are done on.
        source: the message that brought them.
        frames: how answers are framed.
        faults: items that shall fail, and how, by their place from 0.
    """

    def __init__(
        self,
        store: MeterStore,
        source: CommandSource,
        frames: AnswerFrames,
        faults: Mapping[int, ZclStatus],
    ) -> None:
        self.answers: list[GbzComponent] = []
        self.stopped = False
        """Whether a component failed."""
        self._store = store
        self._source = source
        self._frames = frames
        self._faults = faults
        self._item = 0
        self._date: int | None = None

    def take(self, component: GbzComponent, following: int) -> None:
        """Do a component, and answer it.

        Args:
            component: what has to be done.
            following: how many come after it, each of which needs room for an answer.
        """
        if self.stopped:
            self._add(self._frames.status(component, NO_COMMAND, NOT_ATTEMPTED))
        elif is_read(component):
            self._read(component)
        else:
            answer = self._answer(component)
            self._item += 1
            room = MAXIMUM_COMPONENTS - len(self.answers) - following
            if isinstance(answer, tuple) and len(answer) > room:
                answer = ZclStatus.INSUFFICIENT_SPACE
            self.stopped = failed(answer)
            self._frame(component, answer)

    def _read(self, component: GbzComponent) -> None:
        try:
            asked = attributes_asked_for(component)
        except WireError:
            self.stopped = True
            self._frame(component, ZclStatus.MALFORMED_COMMAND)
            return
        faults = {
            item - self._item: status
            for item, status in self._faults.items()
            if 0 <= item - self._item < len(asked)
        }
        response = read_attributes(self._store, component.cluster, asked, faults)
        self._item += len(asked)
        self.stopped = not all_read(response)
        self._add(self._frames.attributes(component, response.encode()))

    def _answer(self, component: GbzComponent) -> Answer:
        fault = self._faults.get(self._item)
        if fault is not None:
            refused = refuse(component)
            return refused if isinstance(refused, tuple) else fault
        start = start_of(component, self._source)
        if start is not None:
            if self._date not in (None, start):
                return ZclStatus.INVALID_FIELD
            self._date = start
        return perform(self._store, component, self._source)

    def _frame(self, component: GbzComponent, answer: Answer) -> None:
        if isinstance(answer, tuple):
            for reply in answer:
                self._add(self._frames.command(component, reply.command, reply.payload.encode()))
        else:
            self._add(self._frames.status(component, component.header.command, answer))

    def _add(self, answer: GbzComponent) -> None:
        self.answers.append(answer)
