"""Commands that replace credentials and wait on their device for a date (GBCS 9.2.2, CS02b, CS02g).

The first answer of the device only says that it waits; an alert tells that it was carried out, with
the sequence number of the command (GBCS 13.3). A device keeps one for each message code.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from emulator.dcc.service_request import RequestId
from emulator.gbcs.asn1.credentials import UpdateCredentialsCommand, UpdateCredentialsOutcome
from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs.envelope import Message
from emulator.gbcs.payload import decode_payload
from emulator.kernel.identity import Eui64


@dataclass(frozen=True, slots=True)
class CredentialsUpdate:
    """A command that replaces credentials, and the request that it was made for.

    Args:
        request_id: of the request.
        srv: its service reference variant.
        command: as it was sent.
    """

    request_id: RequestId
    srv: str
    command: Message

    @property
    def device(self) -> Eui64:
        """Whose credentials they are."""
        return self.command.recipient


class DatedUpdates:
    """What waits, by device and message code."""

    def __init__(self) -> None:
        self._waiting: dict[tuple[Eui64, int], CredentialsUpdate] = {}

    @property
    def all(self) -> Sequence[CredentialsUpdate]:
        """Every command that waits."""
        return tuple(self._waiting.values())

    def keep(self, update: CredentialsUpdate) -> None:
        """A device lets a command wait, in place of one with the same code."""
        self._waiting[_key(update)] = update

    def cancel(self, update: CredentialsUpdate) -> None:
        """A device does no longer what waited under the code of a command."""
        self._waiting.pop(_key(update), None)

    def take(self, device: Eui64, outcome: UpdateCredentialsOutcome) -> CredentialsUpdate | None:
        """What a device tells the outcome of; it waits no longer. None when nothing does."""
        found = (each for each in self._waiting.values() if each.device == device)
        update = next((each for each in found if _is_of(outcome, each.command)), None)
        if update is not None:
            self.cancel(update)
        return update


def credentials_command(command: Message) -> UpdateCredentialsCommand | None:
    """What a command replaces; None for one that replaces no credentials."""
    payload = decode_payload(command)
    value = payload.value if isinstance(payload, Asn1Payload) else None
    return value if isinstance(value, UpdateCredentialsCommand) else None


def _key(update: CredentialsUpdate) -> tuple[Eui64, int]:
    return update.device, update.command.other_information.message_code


def _is_of(outcome: UpdateCredentialsOutcome, command: Message) -> bool:
    value = credentials_command(command)
    if value is None:
        return False
    control = value.control
    return (control.sequence_number, control.mode) == (outcome.sequence_number, outcome.mode)
