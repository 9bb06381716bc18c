"""Commands of cases: with their default values or the examples of their kinds (GBCS 7.2)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Final

from emulator.dlms.access import AccessRequest
from emulator.gbcs.commands.build import command_message, command_payload, value_names
from emulator.gbcs.commands.heading import CommandHeading
from emulator.gbcs.commands.values import no_certificate, sample
from emulator.gbcs.envelope import Message
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.payload import Payload
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.key_store import KeyStore, KeyUse
from emulator.gbcs.protection.message_protection import Protection
from emulator.gbcs.protection.refusal import MissingKeyError
from emulator.gbcs.protection.signature import sign
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs.use_cases.catalogue import edition
from emulator.gbcs.use_cases.catalogue import use_case as record_of
from emulator.gbcs.use_cases.record import UseCase
from emulator.gbcs_device.gbz.state.attribute_reads import attributes_asked_for, is_read
from emulator.kernel.identity import Eui64, format_eui64
from emulator.kernel.units import Calendar

_SPARE: Final = Eui64(0)
"""Stands for a party where only the number of items of a command is asked for."""
_MANY: Final = 1024
_OWN_ROLE: Final = "authorising_role"
"""The value by which a sender says in which role it asks (GBCS CS02a)."""


@dataclass(frozen=True, slots=True)
class CommandMaker:
    """Makes the commands for one device.

    Args:
        keys: private keys of every party.
        recipient: the device.
    """

    keys: KeyStore
    recipient: Eui64

    @property
    def protection(self) -> Protection:
        """With which commands are protected and answers checked."""
        return Protection(keys=self.keys, agreement=StoredKeyAgreement(self.keys))

    def party(self, role: RemotePartyRole) -> Eui64:
        """Who stands in the cells of a role when a device leaves the factory."""
        return self.keys.with_role(role)[0]

    def stranger(self, role: RemotePartyRole) -> Eui64:
        """Somebody of this role, or of another that signs too, who stands in no cell."""
        alike = (*self.keys.with_role(role)[1:], *self.keys.with_role(RemotePartyRole.SUPPLIER)[1:])
        return alike[0]

    def bare(
        self, use_case: UseCase, values: Mapping[str, object], heading: CommandHeading
    ) -> Message:
        """A command that nobody has protected yet.

        Args:
            use_case: of the command.
            values: what it says, where not the examples of their kinds.
            heading: its parties, counter and date.

        Raises:
            UsageError: when the values make no command.
        """
        filled = dict(example_values(use_case, self.keys))
        role = self.keys.role(heading.originator)
        if role is not None and any(hole.name == _OWN_ROLE for hole in value_names(use_case)):
            filled[_OWN_ROLE] = RemotePartyRole(role).name
        return command_message(use_case, {**filled, **values}, heading)

    def protected(self, message: Message, signer: Eui64 | None = None) -> Message:
        """A command with the signature and the MAC that its use case asks for.

        Args:
            message: the command.
            signer: who signs it in place of its originator.
        """
        asked = fullest_protection(record_of(message.other_information.message_code))
        signed, maced = "signature" in asked, "MAC" in asked
        if signer is None or not signed:
            return self.protection.protect(message, signed=signed, maced=maced)
        made = replace(message, signature=self._signature(message, signer), mac=None)
        return replace(made, mac=self.protection.mac(made)) if maced else made

    def _signature(self, message: Message, signer: Eui64) -> bytes:
        """A message signed with the key of somebody else than its originator.

        Raises:
            MissingKeyError: when that key is not at hand.
        """
        held = self.keys.find(signer, KeyUse.DIGITAL_SIGNATURE)
        if held is None or held.private_key is None:
            raise MissingKeyError(f"no private key of {format_eui64(signer)} to sign with")
        return sign(held.private_key, replace(message, signature=b"", mac=None).signed_region)


def fullest_protection(use_case: UseCase) -> str:
    """How commands of a use case are protected; with all there is, where there are several ways."""
    return max(use_case.protection["command"], key=len)


def has_required_values(use_case: UseCase) -> bool:
    """Whether a command has values without a default, so that only examples fill it."""
    return any(hole.required for hole in value_names(use_case))


def example_values(use_case: UseCase, keys: KeyStore | None = None) -> Mapping[str, object]:
    """A value for each that has no default: the example of its kind.

    Args:
        use_case: whose command it is.
        keys: where certificates are taken from; without them some octets stand for one.
    """
    certificate = partial(_certificate, keys)
    holes = value_names(use_case)
    return {each.name: sample(each, certificate) for each in holes if each.required}


def _certificate(keys: KeyStore | None) -> bytes:
    """The certificate of a supplier, which every command that takes one can carry."""
    if keys is None:
        return no_certificate()
    party = keys.with_role(RemotePartyRole.SUPPLIER)[0]
    found = keys.find(party, KeyUse.KEY_AGREEMENT)
    if found is None or found.certificate is None:
        return no_certificate()
    return found.certificate.der


def item_count(use_case: UseCase) -> int:
    """How many items a command with example values has; 0 where they do not fail one by one."""
    payload = example_payload(use_case)
    if isinstance(payload, AccessRequest):
        return len(payload.descriptors)
    if isinstance(payload, GbzPayload):
        return sum(
            len(attributes_asked_for(each)) if is_read(each) else 1 for each in payload.components
        )
    return 0


def example_payload(use_case: UseCase) -> Payload:
    """The payload of a command: default values, and the examples of their kinds."""
    return _payload(use_case.code, edition())


@lru_cache(maxsize=_MANY)
def _payload(code: int, _edition: int) -> Payload:
    heading = CommandHeading(
        originator=_SPARE, recipient=_SPARE, counter=1, issued=Calendar().start
    )
    found = record_of(code)
    return command_payload(found, example_values(found), heading)
