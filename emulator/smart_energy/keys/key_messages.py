"""The four commands of key establishment, as both parties send them (ZSE 1.4 Annex C.3.1.2).

Requests and responses have one format; a certificate and a public key fill the rest of their
command, and the suite tells how long they are.
"""

from emulator.crypto.cbke import Suite
from emulator.kernel.errors import WireError
from emulator.smart_energy.primitives import TerminateStatus
from emulator.smart_energy.settings import KeyEstablishmentSettings
from emulator.zcl.clusters.key_establishment import (
    KEY_ESTABLISHMENT,
    InitiateKeyEstablishment,
    KeyCommand,
    TerminateKeyEstablishment,
)
from emulator.zcl.primitives import Side, ZclAddress, ZclCommandRequest
from emulator.zigbee.addresses import Endpoint


def initiate(suite: Suite, settings: KeyEstablishmentSettings, certificate: bytes) -> bytes:
    """The body of an Initiate command."""
    return InitiateKeyEstablishment(
        suite, settings.ephemeral_generate_time, settings.confirm_generate_time, certificate
    ).encode()


def read_initiate(payload: bytes) -> InitiateKeyEstablishment:
    """The Initiate command that `payload` is.

    Raises:
        WireError: when it is none.
    """
    return InitiateKeyEstablishment.decode(payload)


def terminate(status: TerminateStatus, wait_time: int, suites: int) -> bytes:
    """The body of a Terminate command; `wait_time` in seconds."""
    return TerminateKeyEstablishment(status, wait_time, suites).encode()


def read_terminate(payload: bytes) -> TerminateStatus:
    """Why the partner ended; BAD_MESSAGE when what it sent is no Terminate."""
    try:
        return TerminateStatus(TerminateKeyEstablishment.decode(payload).status)
    except WireError:
        return TerminateStatus.BAD_MESSAGE


def command(  # noqa: PLR0913 - the parts of one command; a record would only rename them
    handle: int,
    partner: ZclAddress,
    endpoint: Endpoint,
    which: KeyCommand,
    body: bytes,
    *,
    to_side: Side,
    sequence: int | None = None,
) -> ZclCommandRequest:
    """A request to send one of the commands, under the network key only (ZSE 1.4 Annex C.3.1)."""
    return ZclCommandRequest(
        handle,
        partner,
        endpoint,
        KEY_ESTABLISHMENT.id,
        which,
        body,
        to_side=to_side,
        sequence=sequence,
        disable_default_response=True,
        link_key=False,
    )
