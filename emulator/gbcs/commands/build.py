"""Commands from values: payload, message and pre-command of a use case, and back to the values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from emulator.dlms.access import AccessRequest
from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs.commands.asn1_fields import asn1_payload, read_asn1
from emulator.gbcs.commands.context import execution_of
from emulator.gbcs.commands.dlms_items import access_request, read_request
from emulator.gbcs.commands.gbz_items import made_payload, read_payload
from emulator.gbcs.commands.heading import Activation, CommandHeading, Execution
from emulator.gbcs.commands.moments import from_seconds
from emulator.gbcs.commands.template import Hole, Template
from emulator.gbcs.commands.template_reader import template
from emulator.gbcs.commands.values import FoundValues, GivenValues, checked
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.other_information import OtherInformation
from emulator.gbcs.payload import Payload
from emulator.gbcs.use_cases.record import UseCase
from emulator.kernel.errors import UsageError


@dataclass(frozen=True, slots=True)
class ReadCommand:
    """What a command says.

    Args:
        values: by name, as they make the same command again.
        execution: when what can wait is to be done.
        issued: when the command was made; None where it does not tell.
    """

    values: Mapping[str, object]
    execution: Execution = Activation.NOW
    issued: datetime | None = None


def value_names(use_case: UseCase) -> tuple[Hole, ...]:
    """The values that a command of the use case takes.

    Raises:
        UsageError: when no command can be made of it.
    """
    return template(use_case).holes


def command_payload(
    use_case: UseCase, values: Mapping[str, object], heading: CommandHeading
) -> Payload:
    """The payload of a command; values with a default may be left out.

    Raises:
        UsageError: when no command can be made of the use case, or a value is unknown, missing or
            not of its kind.
    """
    made_of = template(use_case)
    holes = {hole.name: hole for hole in made_of.holes}
    place = f"{use_case.code:04X} {use_case.name or use_case.title}"
    given = GivenValues(holes, checked(holes, values, place), heading, place)
    if made_of.asn1 is not None:
        return asn1_payload(use_case.code, made_of.asn1, given)
    if made_of.gbz:
        return made_payload(made_of.gbz, given)
    return access_request(made_of.dlms, given)


def command_message(
    use_case: UseCase, values: Mapping[str, object], heading: CommandHeading
) -> Message:
    """A command that nobody has signed or protected yet: its signature is empty, it has no MAC.

    Raises:
        UsageError: as `command_payload`.
    """
    information = OtherInformation(
        use_case.code,
        heading.supplementary_party,
        heading.supplementary_counter,
        heading.supplementary_originator_counter,
        heading.certificate,
    )
    return Message(
        Cra.COMMAND,
        heading.counter,
        heading.originator,
        heading.recipient,
        b"",
        information,
        command_payload(use_case, values, heading).encode(),
        b"",
        None,
    )


def pre_command(
    use_case: UseCase, values: Mapping[str, object], heading: CommandHeading
) -> Message:
    """A command for its originator to sign: it ends with its payload (GBCS 7.2.6).

    Raises:
        UsageError: as `command_payload`.
    """
    made = command_message(use_case, values, heading)
    return Message(
        made.cra,
        made.counter,
        made.originator,
        made.recipient,
        made.date_time,
        made.other_information,
        made.payload,
        None,
        None,
    )


def values_of(use_case: UseCase, payload: Payload) -> ReadCommand:
    """What the payload of a command says, in the values that make it again.

    Raises:
        UsageError: when it is no command that the use case makes.
    """
    made_of = template(use_case)
    found = FoundValues({hole.name: hole for hole in made_of.holes})
    _read(made_of, payload, found)
    issued = found.context.get("@issued")
    moments = [at for name, at in found.context.items() if name.startswith("@execution")]
    return ReadCommand(
        found.told(),
        execution_of(moments[0]) if moments else Activation.NOW,
        from_seconds(issued) if isinstance(issued, int) else None,
    )


def _read(made_of: Template, payload: Payload, found: FoundValues) -> None:
    match payload:
        case AccessRequest() if made_of.dlms:
            read_request(made_of.dlms, payload, found)
        case GbzPayload() if made_of.gbz:
            read_payload(made_of.gbz, payload, found)
        case Asn1Payload() if made_of.asn1 is not None:
            read_asn1(made_of.asn1, payload, found)
        case _:
            raise UsageError(f"{made_of.code:04X}: the payload is written in another way")
