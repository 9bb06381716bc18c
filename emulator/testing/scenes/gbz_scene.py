"""A gas meter's executor, commands for it and reference pairs, for tests of GBZ execution."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, TypeVar

from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.gbz import PROFILE, GbzPayload, gbz_payload
from emulator.gbcs.gbz_component import GbzComponent
from emulator.gbcs.other_information import OtherInformation
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.encryption import SensitiveData
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs.sensitive_payload import change_blocks
from emulator.gbcs.use_cases.catalogue import use_case
from emulator.gbcs_device.execution import Command, InjectedFault
from emulator.gbcs_device.gbz.executor import GbzExecutor
from emulator.gbcs_device.gbz.state.as_shipped import GSME
from emulator.gbcs_device.gbz.state.attribute_records import AttributeAnswers
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.kernel.identity import Eui64
from emulator.testing.judges.reference_data import reference_keys, reference_messages
from emulator.wire.codecs import Many, Prefixed, Rest
from emulator.wire.plan import FieldPlan, Nested
from emulator.wire.struct import Struct
from emulator.zcl.foundation.general_commands import (
    DefaultResponse,
    GeneralCommand,
    ReadAttributes,
)
from emulator.zcl.foundation.header import FrameType, header
from emulator.zcl.payloads.catalogue import PAYLOADS
from emulator.zcl.primitives import Side

AnyStruct = TypeVar("AnyStruct", bound=Struct)

SUPPLIER: Final = Eui64(0x90B3D51F30010000)
METER: Final = Eui64(0x00DB1234567890A1)
PROXY: Final = Eui64(0x00DB1234567890A3)
MOMENT: Final = datetime(2015, 1, 1, tzinfo=UTC)
ANY_CODE: Final = 0x006F
"""GCS05; executors look at the code only for what the answers of a use case have of their own."""


def marked(plaintext: bytes) -> bytes:
    """A block as if encrypted: the plaintext behind a mark."""
    return b"sealed:" + plaintext


@dataclass(frozen=True, slots=True)
class ReferencePair:
    """A reference command and its answer.

    Args:
        name: folder and file of the command.
        message: the command.
        answer: its answer.
        plain: payload of the answer, sensitive data decrypted.
        encrypt: encrypts as the device of the answer does.
    """

    name: str
    message: Message
    answer: Message
    plain: GbzPayload
    encrypt: Callable[[bytes], bytes]


def meter(values: dict[tuple[int, int], object] | None = None) -> GbzExecutor:
    """A gas meter as it left its factory, but for these attributes."""
    return GbzExecutor(MeterStore({**GSME, **(values or {})}))


def filled(cls: type[AnyStruct], **fields: object) -> AnyStruct:
    """A value of a format with these fields; all others are 0 or empty."""
    return cls(**{each.name: fields.get(each.name, _nothing(each)) for each in cls.plan})


def _nothing(field: FieldPlan) -> object:
    match field.codec:
        case Nested(struct=inner):
            return filled(inner)
        case Prefixed() | Rest():
            return b""
        case Many():
            return ()
        case _:
            return 0


def component(cluster: int, request: Struct, sequence: int = 0, **more: int) -> GbzComponent:
    """A cluster command as a component."""
    (key,) = (key for key, each in PAYLOADS.items() if key[0] == cluster and each is type(request))
    framed = header(FrameType.CLUSTER, key[1], sequence, key[2])
    return GbzComponent(cluster, framed, request.encode(), from_date_time=more.get("since"))


def read(cluster: int, *attributes: int, sequence: int = 0) -> GbzComponent:
    """A read of attributes as a component."""
    framed = header(FrameType.GENERAL, Side.SERVER, sequence, GeneralCommand.READ_ATTRIBUTES)
    return GbzComponent(cluster, framed, ReadAttributes(attributes=attributes).encode())


def command(
    components: Sequence[GbzComponent],
    *,
    code: int = ANY_CODE,
    moment: datetime = MOMENT,
    counter: int = 1000,
    faults: Sequence[InjectedFault] = (),
) -> Command:
    """A command of the supplier that may be executed."""
    payload = gbz_payload(components)
    information = OtherInformation(code)
    message = Message(Cra.COMMAND, counter, SUPPLIER, METER, b"", information, payload.encode())
    return Command(
        message=message,
        payload=payload,
        use_case=use_case(code),
        sender=RemotePartyRole.SUPPLIER,
        moment=moment,
        encrypt=marked,
        faults=tuple(faults),
    )


def answers(executor: GbzExecutor, asked: Command) -> tuple[GbzComponent, ...]:
    """The components of the answer to a command."""
    response = executor.execute(asked).response
    return response.components if isinstance(response, GbzPayload) else ()


def statuses(executor: GbzExecutor, *components: GbzComponent) -> list[tuple[int, int]]:
    """Command and status of each Default Response to components."""
    told = [DefaultResponse.decode(each.payload) for each in answers(executor, command(components))]
    return [(each.command, int(each.status)) for each in told]


def attribute(executor: GbzExecutor, cluster: int, identifier: int) -> object:
    """The value of an attribute, as a remote read gives it; None where there is none."""
    (answer,) = answers(executor, command([read(cluster, identifier)]))
    (record,) = AttributeAnswers.decode(answer.payload).records
    return record.value


def reference_pairs() -> tuple[ReferencePair, ...]:
    """Every GBZ command of the reference set that has an answer, with it."""
    octets = {each.name: each.octets for each in reference_messages()}
    agreement = StoredKeyAgreement(reference_keys())
    return tuple(
        _pair(name, Message.decode(octets[name]), Message.decode(octets[answer]), agreement)
        for name in octets
        if "_COMMAND" in name
        and (answer := name.replace("_COMMAND", "_RESPONSE")) in octets
        and Message.decode(octets[name]).payload.startswith(PROFILE)
    )


def _pair(
    name: str, message: Message, answer: Message, agreement: StoredKeyAgreement
) -> ReferencePair:
    payload = GbzPayload.decode(answer.payload, answer.cra)

    def decrypt(block: bytes) -> bytes:
        return SensitiveData(answer, agreement).decrypt(block)

    def encrypt(plaintext: bytes) -> bytes:
        return SensitiveData(answer, agreement).encrypt(plaintext)

    return ReferencePair(name, message, answer, change_blocks(payload, decrypt), encrypt)
