"""Commands in DLMS for executors, item by item, for tests of devices with COSEM objects."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from emulator.cosem.logical_names import parse_obis
from emulator.cosem.server.members import Attribute
from emulator.dlms.access import AccessRequest, AccessResponse
from emulator.dlms.data import NULL, Data
from emulator.dlms.descriptors import AccessKind, Descriptor, Selection
from emulator.dlms.invocation import BREAK_ON_ERROR, invoke_id
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.other_information import OtherInformation
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs.use_cases.catalogue import use_case
from emulator.gbcs_device.cosem.duty import Method
from emulator.gbcs_device.execution import Command, Executed, InjectedFault
from emulator.kernel.identity import Eui64

SUPPLIER: Final = Eui64(0x90B3D51F30010000)
METER: Final = Eui64(0x00DB1234567890A0)
MOMENT: Final = datetime(2026, 1, 5, 12, tzinfo=UTC)
ANY_CODE: Final = 0x0019
"""ECS01a; executors look at the code only to name what waits for its date."""

Item = tuple[Descriptor, Data]


def attribute(class_id: int, logical_name: str, member: int) -> Attribute:
    """An attribute by the logical name as people write it."""
    return Attribute(class_id, parse_obis(logical_name), member)


def method(class_id: int, logical_name: str, number: int) -> Method:
    """A method by the logical name as people write it."""
    return Method(class_id, parse_obis(logical_name), number)


def get(one: Attribute, selection: Selection | None = None) -> Item:
    """An item that reads an attribute, or a part of it."""
    kind = AccessKind.GET if selection is None else AccessKind.GET_WITH_SELECTION
    return Descriptor(kind, *one, selection), NULL


def put(one: Attribute, value: Data) -> Item:
    """An item that writes an attribute."""
    return Descriptor(AccessKind.SET, *one), value


def act(one: Method, parameters: Data = NULL) -> Item:
    """An item that calls a method."""
    return Descriptor(AccessKind.ACTION, *one), parameters


def marked(plaintext: bytes) -> bytes:
    """A block as if encrypted: the plaintext behind a mark."""
    return b"sealed:" + plaintext


def command(
    *items: Item,
    moment: datetime = MOMENT,
    counter: int = 1,
    faults: Sequence[InjectedFault] = (),
    stops: bool = True,
) -> Command:
    """A command of the supplier to the meter.

    Args:
        items: in their order.
        moment: the device's own time.
        counter: of the message.
        faults: items that shall fail.
        stops: whether nothing is done after an item that failed.
    """
    request = AccessRequest(
        invoke_id(counter) if stops else invoke_id(counter) ^ BREAK_ON_ERROR,
        tuple(descriptor for descriptor, _ in items),
        tuple(value for _, value in items),
    )
    return Command(
        message=Message(
            Cra.COMMAND, counter, SUPPLIER, METER, b"", OtherInformation(ANY_CODE), request.encode()
        ),
        payload=request,
        use_case=use_case(ANY_CODE),
        sender=RemotePartyRole.SUPPLIER,
        moment=moment,
        encrypt=marked,
        faults=tuple(faults),
    )


def results(executed: Executed) -> list[int]:
    """The result of each item."""
    return [outcome.result for outcome in _response(executed).outcomes]


def values(executed: Executed) -> list[Data]:
    """What each item gives back."""
    return list(_response(executed).data)


def _response(executed: Executed) -> AccessResponse:
    response = executed.response
    assert isinstance(response, AccessResponse)  # noqa: S101 - an aid of tests
    return response
