"""Answers the general commands that read, write and discover attributes (ZCL8 2.5.1-2.5.6)."""

from itertools import islice
from typing import Any, Final

from emulator.kernel.units import Instant
from emulator.zcl.cluster import Access, Attribute
from emulator.zcl.facts import AttributeWritten
from emulator.zcl.foundation.general_commands import (
    AttributeRecord,
    DiscoverAttributes,
    DiscoverAttributesExtendedResponse,
    DiscoverAttributesResponse,
    DiscoveredAttribute,
    ExtendedAttribute,
    GeneralCommand,
    ReadAttributes,
    ReadAttributesResponse,
    ReadAttributesStructured,
    ReadRecord,
    StructuredStatus,
    WriteAttributes,
    WriteAttributesResponse,
    WriteAttributesStructured,
    WriteAttributesStructuredResponse,
    WriteStatus,
)
from emulator.zcl.incoming import Handler, Incoming, Reaction, answer
from emulator.zcl.node_attributes import NodeAttributes
from emulator.zcl.primitives import AttributeWrittenIndication, ZclStatus
from emulator.zcl.settings import ZclSettings

_RECORD_HEAD: Final = 3
"""Octets of a read record that holds no value: identifier and status."""


class AttributeServer:
    """Serves the attributes of a node to the far end."""

    def __init__(self, attributes: NodeAttributes, settings: ZclSettings) -> None:
        self._attributes = attributes
        self._settings = settings
        self.handlers: Final[dict[GeneralCommand, Handler]] = {
            GeneralCommand.READ_ATTRIBUTES: self._read,
            GeneralCommand.READ_ATTRIBUTES_STRUCTURED: self._read_structured,
            GeneralCommand.WRITE_ATTRIBUTES: self._write,
            GeneralCommand.WRITE_ATTRIBUTES_UNDIVIDED: self._write_undivided,
            GeneralCommand.WRITE_ATTRIBUTES_NO_RESPONSE: self._write_silently,
            GeneralCommand.WRITE_ATTRIBUTES_STRUCTURED: self._write_structured,
            GeneralCommand.DISCOVER_ATTRIBUTES: self._discover,
            GeneralCommand.DISCOVER_ATTRIBUTES_EXTENDED: self._discover_extended,
        }

    def _read(self, incoming: Incoming, request: ReadAttributes, now: Instant) -> Reaction:
        records = tuple(self._record(incoming, each, now) for each in request.attributes)
        return self._read_answer(records)

    def _read_structured(
        self, incoming: Incoming, request: ReadAttributesStructured, now: Instant
    ) -> Reaction:
        """Only whole attributes are read (ZCL8 2.5.15: an element we lack is INVALID_FIELD)."""
        records = tuple(
            ReadRecord(each.attribute, ZclStatus.INVALID_FIELD)
            if each.selector.depth
            else self._record(incoming, each.attribute, now)
            for each in request.records
        )
        return self._read_answer(records)

    def _read_answer(self, records: tuple[ReadRecord, ...]) -> Reaction:
        """As many records as fit; a value that does not is INSUFFICIENT_SPACE (ZCL8 2.5.2)."""
        room = self._settings.answer_limit - 3
        fitting: list[ReadRecord] = []
        for whole in records:
            record, size = whole, len(whole.encode())
            if size > room:
                record = ReadRecord(whole.attribute, ZclStatus.INSUFFICIENT_SPACE)
                size = _RECORD_HEAD
            if size > room:
                break
            room -= size
            fitting.append(record)
        return answer(
            GeneralCommand.READ_ATTRIBUTES_RESPONSE, ReadAttributesResponse(tuple(fitting))
        )

    def _record(self, incoming: Incoming, attribute: int, now: Instant) -> ReadRecord:
        declared = self._attributes.declared(incoming.instance, attribute)
        if declared is None:
            return ReadRecord(attribute, ZclStatus.UNSUPPORTED_ATTRIBUTE)
        value = self._attributes.read(incoming.instance, attribute, now)
        return ReadRecord(attribute, ZclStatus.SUCCESS, declared.data_type, value)

    def _write(self, incoming: Incoming, request: WriteAttributes, now: Instant) -> Reaction:
        statuses: list[WriteStatus] = []
        effects: list[Any] = []
        for record in request.records:
            refused = self._refusal(incoming, record)
            if refused is None:
                effects += self._store(incoming, record, now)
            else:
                statuses.append(WriteStatus(refused, record.attribute))
        return _write_answer(statuses, effects)

    def _write_undivided(
        self, incoming: Incoming, request: WriteAttributes, now: Instant
    ) -> Reaction:
        """Nothing is written unless everything can be (ZCL8 2.5.4)."""
        refusals = ((record, self._refusal(incoming, record)) for record in request.records)
        statuses = [
            WriteStatus(refused, record.attribute)
            for record, refused in refusals
            if refused is not None
        ]
        if statuses:
            return _write_answer(statuses, [])
        return self._write(incoming, request, now)

    def _write_silently(
        self, incoming: Incoming, request: WriteAttributes, now: Instant
    ) -> Reaction:
        """No answer, not even to what is refused (ZCL8 2.5.6)."""
        return Reaction(effects=self._write(incoming, request, now).effects)

    def _write_structured(
        self, incoming: Incoming, request: WriteAttributesStructured, now: Instant
    ) -> Reaction:
        """Only whole attributes are written (ZCL8 2.5.16)."""
        statuses: list[StructuredStatus] = []
        effects: list[Any] = []
        for each in request.records:
            record = AttributeRecord(each.attribute, each.data_type, each.value)
            whole = each.selector.depth == 0 and each.selector.action == 0
            refused = self._refusal(incoming, record) if whole else ZclStatus.INVALID_FIELD
            if refused is None:
                effects += self._store(incoming, record, now)
            else:
                statuses.append(StructuredStatus(refused, each.attribute, each.selector))
        return answer(
            GeneralCommand.WRITE_ATTRIBUTES_STRUCTURED_RESPONSE,
            WriteAttributesStructuredResponse(
                tuple(statuses) or (StructuredStatus(ZclStatus.SUCCESS),)
            ),
            effects,
        )

    def _refusal(self, incoming: Incoming, record: AttributeRecord) -> ZclStatus | None:
        return self._attributes.refusal(incoming.instance, record.attribute, record.data_type)

    def _store(self, incoming: Incoming, record: AttributeRecord, now: Instant) -> tuple[Any, ...]:
        instance = incoming.instance
        became = self._attributes.write(instance, record.attribute, record.value, now)
        where = (instance.endpoint, instance.cluster)
        return (
            *became,
            AttributeWritten(incoming.indication.source, *where, instance.side, record.attribute),
            AttributeWrittenIndication(incoming.source, *where, record.attribute, record.value),
        )

    def _discover(self, incoming: Incoming, request: DiscoverAttributes, _: Instant) -> Reaction:
        found, complete = self._from(incoming, request)
        listed = tuple(DiscoveredAttribute(each.id, each.data_type) for each in found)
        return answer(
            GeneralCommand.DISCOVER_ATTRIBUTES_RESPONSE,
            DiscoverAttributesResponse(complete, listed),
        )

    def _discover_extended(
        self, incoming: Incoming, request: DiscoverAttributes, _: Instant
    ) -> Reaction:
        found, complete = self._from(incoming, request)
        listed = tuple(
            ExtendedAttribute(
                attribute=each.id,
                data_type=each.data_type,
                readable=Access.READ in each.access,
                writeable=Access.WRITE in each.access,
                reportable=True,
            )
            for each in found
        )
        return answer(
            GeneralCommand.DISCOVER_ATTRIBUTES_EXTENDED_RESPONSE,
            DiscoverAttributesExtendedResponse(complete, listed),
        )

    def _from(
        self, incoming: Incoming, request: DiscoverAttributes
    ) -> tuple[tuple[Attribute, ...], bool]:
        served = self._attributes.store.attributes(incoming.instance)
        after = tuple(each for each in served if each.id >= request.start)
        return tuple(islice(after, request.maximum)), len(after) <= request.maximum


def _write_answer(statuses: list[WriteStatus], effects: list[Any]) -> Reaction:
    records = tuple(statuses) or (WriteStatus(ZclStatus.SUCCESS),)
    return answer(
        GeneralCommand.WRITE_ATTRIBUTES_RESPONSE, WriteAttributesResponse(records), effects
    )
