"""The mirror at a hub: keeps what a gas meter reports, and tells it what waits (ZSE 1.4 D.3).

Its endpoint is there only while a meter has it. It takes reports from that meter alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

from emulator.kernel.identity import Eui64
from emulator.kernel.units import START, Instant
from emulator.smart_energy.mirror.facts import (
    MeterNotified,
    MirrorConfigured,
    MirrorGranted,
    MirrorRefused,
    MirrorRemovedAtHub,
    MirrorReported,
)
from emulator.smart_energy.mirror.primitives import MeterReported, MirrorChanged, NotifyMeter
from emulator.smart_energy.tunnel.commands import answer, default_response
from emulator.smart_energy.tunnel.primitives import UnlogPartner
from emulator.wire.struct import Struct
from emulator.zcl.cluster import ATTRIBUTE_REPORTING_STATUS
from emulator.zcl.clusters.metering import (
    METERING,
    ConfigureMirror,
    MirrorRemoved,
    MirrorReportAttributeResponse,
    RequestMirrorResponse,
)
from emulator.zcl.endpoint import EndpointDefinition
from emulator.zcl.foundation.general_commands import DefaultResponse, GeneralCommand
from emulator.zcl.primitives import (
    AttributeValue,
    ReportAttributesIndication,
    SetAttributeRequest,
    Side,
    ZclCommandIndication,
    ZclCommandRequest,
    ZclStatus,
)
from emulator.zcl.registry import CLUSTERS
from emulator.zigbee.addresses import Endpoint
from emulator.zigbee.zdo.primitives import ActivateEndpointRequest

Effects = Sequence[Any]

REQUEST_MIRROR: Final = 0x01
REMOVE_MIRROR: Final = 0x02
CONFIGURE_MIRROR: Final = 0x08
"""Commands that the client side receives (ZSE 1.4 D.3.2.3)."""
REQUEST_MIRROR_RESPONSE: Final = 0x01
MIRROR_REMOVED: Final = 0x02
MIRROR_REPORT_ATTRIBUTE_RESPONSE: Final = 0x09
"""Commands that the server side receives (ZSE 1.4 D.3.2.3)."""
NO_MIRROR: Final = 0xFFFF
FLAG_WORDS: Final = {0: 0, 1: 1, 2: 5}
"""Words of flags in an answer, by notification scheme; predefined are A and B (ZSE 1.4 D.3)."""
COMPLETE: Final = 0x01
"""AttributeReportingStatus when nothing more follows (ZCL8 2.3.5.2)."""
METERING_DEVICE_TYPE: Final = 0x0306
MIRRORED: Final = 127
"""A mirrored meter's type is its own plus this (ZSE 1.4 Table D-20)."""


@dataclass(slots=True)
class Mirrored:
    """The meter that has the mirror, and how it configured it."""

    meter: Eui64
    issuer_event: int | None = None
    scheme: int = 0
    notifies: bool = False
    flags: list[int] = field(default_factory=lambda: [0] * max(FLAG_WORDS.values()))


class MirrorServer:
    """One mirror.

    Args:
        manager: the endpoint that is asked for a mirror.
        mirror: the endpoint that is one; hidden until a meter has it.
    """

    accepts: ClassVar[tuple[type, ...]] = (
        ZclCommandIndication,
        ReportAttributesIndication,
        NotifyMeter,
        UnlogPartner,
    )

    def __init__(
        self, manager: Endpoint, mirror: EndpointDefinition, handles: Iterator[int]
    ) -> None:
        self._manager = manager
        self._mirror = mirror
        self._handles = handles
        self._served = {
            (each.cluster, each.attribute) for each in mirror.attributes if each.side is Side.SERVER
        }
        self._due: Instant | None = None
        self.mirrored: Mirrored | None = None

    @property
    def deadline(self) -> Instant | None:
        """At once, where a mirror has to come back after a power cycle."""
        return self._due

    def handle(self, event: Any, now: Instant) -> Effects:  # noqa: ARG002 - the one shape of machines
        """Effects of `event`; what is for other endpoints changes nothing."""
        effects: Effects = self._steps[type(event)](self, event)
        return effects

    def wake(self, now: Instant) -> Effects:  # noqa: ARG002 - the one shape of machines
        """Bring back the mirror that there was before the power went."""
        self._due = None
        return () if self.mirrored is None else self._appear(self.mirrored)

    def _appear(self, mirrored: Mirrored) -> Effects:
        endpoint = self._mirror.endpoint
        return (
            ActivateEndpointRequest(endpoint),
            *(self._flag_word(mirrored, word) for word in range(len(mirrored.flags))),
            MirrorChanged(mirrored.meter, endpoint),
        )

    # Commands

    def _command(self, event: ZclCommandIndication) -> Effects:
        if event.cluster != METERING.id or event.to_side is not Side.CLIENT:
            return ()
        step = self._commands.get((event.endpoint == self._mirror.endpoint, event.command))
        ours = event.endpoint in (self._manager, self._mirror.endpoint)
        effects: Effects = step(self, event) if step is not None and ours else ()
        return effects

    def _requested(self, event: ZclCommandIndication) -> Effects:
        meter = event.source_eui64
        taken = self.mirrored is not None and self.mirrored.meter != meter
        if meter is None or taken:
            refused = MirrorRefused(meter, "another meter has the mirror")
            return (refused, self._answer(event, RequestMirrorResponse(NO_MIRROR)))
        endpoint = self._mirror.endpoint
        granted = self._answer(event, RequestMirrorResponse(endpoint))
        if self.mirrored is not None:
            return (granted,)
        self.mirrored = Mirrored(meter)
        return (MirrorGranted(meter, endpoint), *self._appear(self.mirrored), granted)

    def _configured(self, event: ZclCommandIndication) -> Effects:
        mirrored = self._of(event.source_eui64)
        wanted = ConfigureMirror.decode(event.payload)
        if mirrored is None:
            return self._refuse(event, ZclStatus.NOT_AUTHORIZED)
        if wanted.notification_scheme not in FLAG_WORDS:
            return self._refuse(event, ZclStatus.INVALID_FIELD)
        done = default_response(next(self._handles), event, ZclStatus.SUCCESS)
        if mirrored.issuer_event is not None and wanted.issuer_event <= mirrored.issuer_event:
            return done
        mirrored.issuer_event = wanted.issuer_event
        mirrored.scheme = wanted.notification_scheme
        mirrored.notifies = wanted.mirror_notification_reporting
        fact = MirrorConfigured(mirrored.meter, mirrored.scheme, wanted.reporting_interval)
        return (fact, *done)

    def _removed(self, event: ZclCommandIndication) -> Effects:
        mirrored = self._of(event.source_eui64)
        if mirrored is None:
            return self._refuse(event, ZclStatus.NOT_AUTHORIZED)
        removed = MirrorRemoved(self._mirror.endpoint)
        answered = answer(next(self._handles), event, MIRROR_REMOVED, removed)
        return (answered, *self._disappear(mirrored))

    def _disappear(self, mirrored: Mirrored) -> Effects:
        self.mirrored = None
        return (
            ActivateEndpointRequest(self._mirror.endpoint, active=False),
            MirrorRemovedAtHub(mirrored.meter),
            MirrorChanged(mirrored.meter, None),
        )

    def _unlogged(self, event: UnlogPartner) -> Effects:
        mirrored = self._of(event.eui64)
        return () if mirrored is None else self._disappear(mirrored)

    def _refuse(self, event: ZclCommandIndication, status: ZclStatus) -> Effects:
        fact = MirrorRefused(event.source_eui64, status.name)
        return (fact, *default_response(next(self._handles), event, status))

    def _answer(self, event: ZclCommandIndication, response: Struct) -> ZclCommandRequest:
        return answer(next(self._handles), event, REQUEST_MIRROR_RESPONSE, response)

    # Reports

    def _reported(self, event: ReportAttributesIndication) -> Effects:
        if event.endpoint != self._mirror.endpoint or event.from_side is not Side.SERVER:
            return ()
        mirrored = self._of(event.source_eui64)
        if mirrored is None:
            refused = MirrorRefused(event.source_eui64, ZclStatus.NOT_AUTHORIZED.name)
            return (refused, self._judged(event, ZclStatus.NOT_AUTHORIZED))
        stored = [self._stored(event, each) for each in event.values if self._fits(event, each)]
        effects: list[Any] = [*stored, MirrorReported(mirrored.meter, event.cluster, len(stored))]
        if not event.disable_default_response:
            effects.append(self._judged(event, ZclStatus.SUCCESS))
        return (*effects, *(self._notify(event, mirrored) if _complete(event) else ()))

    def _fits(self, event: ReportAttributesIndication, reported: AttributeValue) -> bool:
        """Whether the mirror has such an attribute, of such a type."""
        if (event.cluster, reported.attribute) not in self._served:
            return False
        cluster = CLUSTERS.get(event.cluster)
        declared = None if cluster is None else cluster.server.attribute(reported.attribute)
        return declared is not None and declared.data_type == reported.data_type

    def _stored(
        self, event: ReportAttributesIndication, reported: AttributeValue
    ) -> SetAttributeRequest:
        value = reported.value
        device_type = event.cluster == METERING.id and reported.attribute == METERING_DEVICE_TYPE
        if device_type and isinstance(value, int) and value < MIRRORED:
            value += MIRRORED
        endpoint = self._mirror.endpoint
        return SetAttributeRequest(endpoint, event.cluster, Side.SERVER, reported.attribute, value)

    def _judged(self, event: ReportAttributesIndication, status: ZclStatus) -> ZclCommandRequest:
        response = DefaultResponse(GeneralCommand.REPORT_ATTRIBUTES, status)
        return ZclCommandRequest(
            next(self._handles),
            event.source,
            event.endpoint,
            event.cluster,
            GeneralCommand.DEFAULT_RESPONSE,
            response.encode(),
            to_side=Side.SERVER,
            general=True,
            sequence=event.sequence,
            disable_default_response=True,
        )

    def _notify(self, event: ReportAttributesIndication, mirrored: Mirrored) -> Effects:
        """Tell the meter, which is awake now, what waits for it (ZSE 1.4 D.3.2.3)."""
        over = MeterReported(mirrored.meter)
        words = FLAG_WORDS[mirrored.scheme]
        if not mirrored.notifies or not words:
            return (over,)
        flags = tuple(mirrored.flags[:words])
        response = ZclCommandRequest(
            next(self._handles),
            event.source,
            event.endpoint,
            METERING.id,
            MIRROR_REPORT_ATTRIBUTE_RESPONSE,
            MirrorReportAttributeResponse(mirrored.scheme, flags).encode(),
            to_side=Side.SERVER,
            sequence=event.sequence,
            disable_default_response=True,
        )
        return (MeterNotified(mirrored.meter, flags), response, over)

    def _flag(self, event: NotifyMeter) -> Effects:
        mirrored = self._of(event.meter)
        if mirrored is None:
            return ()
        bit = 1 << event.flag
        word = mirrored.flags[0]
        mirrored.flags[0] = word | bit if event.pending else word & ~bit
        return () if mirrored.flags[0] == word else (self._flag_word(mirrored, 0),)

    def _flag_word(self, mirrored: Mirrored, word: int) -> SetAttributeRequest:
        value = mirrored.flags[word]
        return SetAttributeRequest(self._mirror.endpoint, METERING.id, Side.CLIENT, word, value)

    def _of(self, eui64: Eui64 | None) -> Mirrored | None:
        mirrored = self.mirrored
        return mirrored if mirrored is not None and mirrored.meter == eui64 else None

    def snapshot(self) -> dict[str, Any]:
        """Who has the mirror, and how it is configured, as JSON knows it."""
        mirrored = self.mirrored
        if mirrored is None:
            return {"meter": None}
        return {
            "meter": f"{mirrored.meter:016x}",
            "issuer_event": mirrored.issuer_event,
            "scheme": mirrored.scheme,
            "notifies": mirrored.notifies,
            "flags": list(mirrored.flags),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave."""
        if state["meter"] is None:
            return
        self.mirrored = Mirrored(
            Eui64(int(state["meter"], 16)),
            state["issuer_event"],
            state["scheme"],
            state["notifies"],
            list(state["flags"]),
        )
        self._due = START

    _steps: ClassVar[Mapping[type, Any]] = {
        ZclCommandIndication: _command,
        ReportAttributesIndication: _reported,
        NotifyMeter: _flag,
        UnlogPartner: _unlogged,
    }
    _commands: ClassVar[Mapping[tuple[bool, int], Any]] = {
        (False, REQUEST_MIRROR): _requested,
        (True, CONFIGURE_MIRROR): _configured,
        (True, REMOVE_MIRROR): _removed,
    }


def _complete(event: ReportAttributesIndication) -> bool:
    """Whether the meter says that nothing more follows."""
    return event.cluster == METERING.id and any(
        (each.attribute, each.value) == (ATTRIBUTE_REPORTING_STATUS.id, COMPLETE)
        for each in event.values
    )
