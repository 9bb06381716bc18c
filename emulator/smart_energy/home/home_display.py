"""A display reads what the supplies of its home tell: PPMID, IHD and CAD (ZSE 1.4 6.4).

It reads at the hub, which tells of gas, and at every partner whose key the hub made, one request
after another: now and then, and whenever somebody looks at it. Of a supply that serves a cluster on
several endpoints it reads each: the first of every cluster is one element, the second another.
That an electricity meter shows a second element so is unverified (GBCS 7.4 was not found). An
answer that is cut into several commands counts once all have come.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from emulator.kernel.errors import WireError
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant, later
from emulator.smart_energy.home.cut_answer import CutAnswer, one_of_several
from emulator.smart_energy.home.home_calendar import HomeCalendar
from emulator.smart_energy.home.home_questions import (
    ASKED,
    FOUND_BY,
    READS,
    Ask,
    Find,
    Read,
    Step,
    asked_after,
)
from emulator.smart_energy.home.home_seen import COMMODITY_TYPE, home_seen, is_gas
from emulator.smart_energy.primitives import Commissioned, LookAtHome, PartnerLinked, UnlinkPartner
from emulator.smart_energy.settings import DisplaySettings
from emulator.wire.struct import Struct
from emulator.zcl.clusters.calendar import CALENDAR
from emulator.zcl.clusters.price import PRICE
from emulator.zcl.payloads.calendar import PublishCalendar
from emulator.zcl.primitives import (
    Outcome,
    ReadAttributesConfirm,
    ReadAttributesRequest,
    ZclAddress,
    ZclCommandConfirm,
    ZclCommandIndication,
    ZclCommandRequest,
    ZclStatus,
)
from emulator.zigbee.address_map import AddressLookup
from emulator.zigbee.addresses import (
    COORDINATOR,
    SMART_ENERGY_PROFILE,
    ClusterId,
    Endpoint,
    NwkAddress,
)
from emulator.zigbee.zdo.discovery_frames import MatchDescReq
from emulator.zigbee.zdo.primitives import ZdpConfirm, ZdpRequest

Effects = Sequence[Any]


@dataclass(frozen=True, slots=True)
class _Cut:
    """An answer of which commands are still to come, and until when they are waited for."""

    step: Ask
    answer: CutAnswer
    until: Instant


@dataclass(slots=True)
class _Look:
    """One look at one element of a supply."""

    partner: Eui64
    element: int
    address: NwkAddress
    steps: deque[Step]
    calendar: HomeCalendar
    handle: int = 0
    values: dict[tuple[int, int], object] = field(default_factory=dict)
    told: dict[type[Struct], Struct] = field(default_factory=dict)
    cut: _Cut | None = None


class HomeDisplay:
    """Looks at the supplies of a home, and tells what it saw.

    Args:
        endpoint: of the display, with the client sides.
        settings: how often.
        addresses: where partners are.
    """

    accepts: ClassVar[tuple[type, ...]] = (
        Commissioned,
        PartnerLinked,
        UnlinkPartner,
        LookAtHome,
        ZdpConfirm,
        ReadAttributesConfirm,
        ZclCommandConfirm,
        ZclCommandIndication,
    )

    def __init__(
        self,
        endpoint: Endpoint,
        settings: DisplaySettings,
        addresses: AddressLookup,
        handles: Iterator[int],
    ) -> None:
        self._endpoint = endpoint
        self._settings = settings
        self._addresses = addresses
        self._handles = handles
        self._hub: Eui64 | None = None
        self._partners: list[Eui64] = []
        self._served: dict[Eui64, dict[ClusterId, tuple[Endpoint, ...]]] = {}
        self._calendars: dict[tuple[Eui64, int], HomeCalendar] = {}
        self._waiting: deque[Eui64] = deque()
        self._look: _Look | None = None
        self._due: Instant | None = None

    @property
    def deadline(self) -> Instant | None:
        """When to look next, or to wait no longer for the rest of an answer."""
        if self._look is None or self._look.cut is None:
            return self._due
        until = self._look.cut.until
        return until if self._due is None else min(self._due, until)

    def handle(self, event: Any, now: Instant) -> Effects:
        """Effects of `event`; answers to others' requests change nothing."""
        effects: Effects = self._steps[type(event)](self, event, now)
        return effects

    def wake(self, now: Instant) -> Effects:
        """Go on without an answer that did not come whole; look at every supply when it is time."""
        effects: list[Any] = []
        look = self._look
        if look is not None and look.cut is not None and look.cut.until <= now:
            effects += self._carry_on(look, look.cut.step, None)
        if self._due is not None and self._due <= now:
            self._due = later(now, self._settings.every)
            effects += self._look_at_all()
        return effects

    # Whom it knows

    def _commissioned(self, event: Commissioned, now: Instant) -> Effects:
        self._hub = event.trust_centre
        return self._soon(now)

    def _linked(self, event: PartnerLinked, now: Instant) -> Effects:
        if event.partner not in self._partners:
            self._partners.append(event.partner)
        return self._soon(now)

    def _unlinked(self, event: UnlinkPartner, now: Instant) -> Effects:  # noqa: ARG002 - of every step
        self._partners = [each for each in self._partners if each != event.partner]
        self._served.pop(event.partner, None)
        self._calendars = {
            of: each for of, each in self._calendars.items() if of[0] != event.partner
        }
        return ()

    def _soon(self, now: Instant) -> Effects:
        soon = later(now, self._settings.first)
        self._due = soon if self._due is None else min(self._due, soon)
        return ()

    # One look after the other

    def _asked_to(self, _: LookAtHome, __: Instant) -> Effects:
        return self._look_at_all()

    def _look_at_all(self) -> Effects:
        everybody = (*(() if self._hub is None else (self._hub,)), *self._partners)
        self._waiting.extend(each for each in everybody if each not in self._waiting)
        return self._next_look() if self._look is None else ()

    def _next_look(self) -> Effects:
        self._look = None
        while self._waiting:
            partner = self._waiting.popleft()
            address = COORDINATOR if partner == self._hub else self._addresses.address_of(partner)
            if address is not None:
                served = self._served.setdefault(partner, {})
                finding = [Find(each) for each in FOUND_BY if each not in served]
                return self._begin(partner, 1, address, finding)
        return ()

    def _begin(
        self, partner: Eui64, element: int, address: NwkAddress, finding: Sequence[Find] = ()
    ) -> Effects:
        steps: deque[Step] = deque((*finding, *READS, *ASKED))
        calendar = self._calendars.setdefault((partner, element), HomeCalendar())
        self._look = _Look(partner, element, address, steps, calendar)
        return self._next_step(self._look)

    def _next_step(self, look: _Look) -> Effects:
        served = self._served.get(look.partner, {})
        while look.steps:
            step = look.steps[0]
            look.handle = next(self._handles)
            if isinstance(step, Find):
                wanted = MatchDescReq(look.address, SMART_ENERGY_PROFILE, (step.cluster,), ())
                return (ZdpRequest(look.handle, look.address, wanted),)
            endpoints = served.get(step.cluster, ())
            if look.element <= len(endpoints):
                to = ZclAddress(look.address, endpoints[look.element - 1])
                return (self._request(look.handle, to, step),)
            look.steps.popleft()
        return self._end(look)

    def _request(
        self, handle: int, to: ZclAddress, step: Read | Ask
    ) -> ReadAttributesRequest | ZclCommandRequest:
        if isinstance(step, Read):
            return ReadAttributesRequest(handle, to, self._endpoint, step.cluster, step.attributes)
        return ZclCommandRequest(
            handle,
            to,
            self._endpoint,
            step.cluster,
            step.command,
            step.request.encode(),
            expects_answer=True,
        )

    def _answered(
        self, event: ZdpConfirm | ReadAttributesConfirm | ZclCommandConfirm, now: Instant
    ) -> Effects:
        look = self._look
        if look is None or event.handle != look.handle or not look.steps:
            return ()
        step = look.steps.popleft()
        if isinstance(event, ZdpConfirm):
            self._found(look, step, event)
        elif event.outcome is Outcome.NOT_DELIVERED:
            self._served.pop(look.partner, None)
            return self._end(look)
        elif isinstance(event, ReadAttributesConfirm):
            look.values |= {
                (step.cluster, each.attribute): each.value
                for each in event.results
                if each.status == ZclStatus.SUCCESS
            }
        elif isinstance(step, Ask):
            told = _answer(step, event)
            part = one_of_several(told)
            if part is not None:
                until = later(now, self._settings.rest_of_answer)
                look.cut = _Cut(step, CutAnswer(part), until)
                return ()
            return self._carry_on(look, step, told)
        return self._next_step(look)

    def _continued(self, event: ZclCommandIndication, _: Instant) -> Effects:
        """Another command of an answer that is awaited; any other changes nothing."""
        look = self._look
        if look is None or look.cut is None:
            return ()
        step, answer = look.cut.step, look.cut.answer
        where = (event.source.nwk_address, event.cluster, event.command)
        part = one_of_several(_decoded(step, event.payload))
        if part is None or where != (look.address, step.cluster, step.answer):
            return ()
        answer.take(part)
        whole = answer.whole
        return () if whole is None else self._carry_on(look, step, whole)

    def _carry_on(self, look: _Look, step: Ask, told: Struct | None) -> Effects:
        """Hold what a supply told, and ask what comes next."""
        look.cut = None
        self._told(look, step, told)
        return self._next_step(look)

    def _found(self, look: _Look, step: Step, event: ZdpConfirm) -> None:
        endpoints = getattr(event.response, "endpoints", ())
        if endpoints:
            served = self._served.setdefault(look.partner, {})
            served[step.cluster] = tuple(Endpoint(each) for each in endpoints)

    def _told(self, look: _Look, step: Ask, told: Struct | None) -> None:
        if step.payload is PublishCalendar:
            look.calendar.announced(told if isinstance(told, PublishCalendar) else None)
        if told is not None:
            look.told[step.payload] = told
            look.calendar.take(told)
            gas = is_gas(look.values)
            look.steps.extendleft(reversed(asked_after(told, gas=gas)))
        wanted = look.calendar.wanted() if step.cluster == CALENDAR.id else None
        if wanted is not None:
            next_step = Ask(
                CALENDAR.id, wanted.command, wanted.request, wanted.command, wanted.payload
            )
            look.steps.appendleft(next_step)

    def _end(self, look: _Look) -> Effects:
        seen = home_seen(look.partner, look.values, look.told, look.calendar, look.element)
        only_kind = look.values.keys() <= {(int(PRICE.id), COMMODITY_TYPE)}
        told = () if only_kind and not look.told else (seen,)
        served = self._served.get(look.partner, {})
        if any(len(endpoints) > look.element for endpoints in served.values()):
            return (*told, *self._begin(look.partner, look.element + 1, look.address))
        return (*told, *self._next_look())

    def snapshot(self) -> dict[str, Any]:
        """Whom it looks at, as JSON knows it."""
        return {"hub": self._hub, "partners": list(self._partners)}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Look at those again, once it is on its network."""
        self._hub = None if state["hub"] is None else Eui64(state["hub"])
        self._partners = [Eui64(each) for each in state["partners"]]
        self._due = Instant(0) if self._hub is not None else None

    _steps: ClassVar[Mapping[type, Any]] = {
        Commissioned: _commissioned,
        PartnerLinked: _linked,
        UnlinkPartner: _unlinked,
        LookAtHome: _asked_to,
        ZdpConfirm: _answered,
        ReadAttributesConfirm: _answered,
        ZclCommandConfirm: _answered,
        ZclCommandIndication: _continued,
    }


def _answer(step: Ask, event: ZclCommandConfirm) -> Struct | None:
    """What a supply told; None where it told nothing, or what cannot be read."""
    answer = event.answer
    if answer is None or answer.general or answer.command != step.answer:
        return None
    return _decoded(step, answer.payload)


def _decoded(step: Ask, payload: bytes) -> Struct | None:
    """What a command that answers a question says; None for what cannot be read."""
    try:
        return step.payload.decode(payload)
    except WireError:
        return None
