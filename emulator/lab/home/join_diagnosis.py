"""Why a device did not get in, or agreed no key: what the trace shows, in words, and what to do.

Read from the hub's side as well as the device's own, because a real device keeps no trace here.
"""

from collections.abc import Mapping
from typing import Final

from emulator.kernel.identity import Eui64, format_eui64
from emulator.kernel.trace import Trace
from emulator.smart_energy.facts import (
    JoinRefused,
    KeyEstablished,
    KeyEstablishmentFailed,
    NetworkKeySent,
)
from emulator.smart_energy.primitives import KeyEstablishmentFailure, TerminateStatus
from emulator.zigbee.facts import FrameDropped
from emulator.zigbee.nwk.facts import ChildAdmitted

KEY_ESTABLISHMENT: Final[Mapping[str, str]] = {
    TerminateStatus.UNKNOWN_ISSUER.name: (
        "foreign issuer: its certificate and the hub's are of different authorities: give both "
        "certificates of one (zigbee-certificates.toml; test and production do not mix)"
    ),
    TerminateStatus.BAD_KEY_CONFIRM.name: (
        "the keys do not confirm: a private key, or the authority's public key, does not belong to "
        "its certificate: check private_key and ca_public_key"
    ),
    TerminateStatus.INVALID_CERTIFICATE.name: (
        "invalid certificate: expired or not valid yet at the run's date, of another EUI-64, or "
        "damaged: check its dates and its subject (--set key_establishment.certificate_dates=false "
        "leaves dates out)"
    ),
    TerminateStatus.UNSUPPORTED_SUITE.name: (
        "wrong suite: one side has no certificate of the suite that the other asks for: give both "
        "one of suite 2 (sect283k1)"
    ),
    KeyEstablishmentFailure.NO_COMMON_SUITE.name: (
        "wrong suite: no suite in common: give both a certificate of suite 2 (sect283k1)"
    ),
    TerminateStatus.BAD_MESSAGE.name: (
        "a message of the key establishment was not understood: look at it in han.pcapng"
    ),
    TerminateStatus.NO_RESOURCES.name: "the other side is busy with another key establishment",
    KeyEstablishmentFailure.NO_ENDPOINT.name: (
        "the other side named no endpoint of key establishment (cluster 0x0800): it is no Smart "
        "Energy device, or the question was lost"
    ),
    KeyEstablishmentFailure.NO_ANSWER.name: (
        "the other side fell silent during the key establishment: distance, power, or its firmware"
    ),
}
"""What ended a key establishment (ZSE 1.4 Table C-8, and ends without a Terminate)."""
_UNREGISTERED: Final = "register its install code at the hub, and check the EUI-64 on its label"
WRONG_CODE: Final = (
    "wrong install code: the hub sent the network key under the code it was told, and the device "
    "does not open it: check the code, and its EUI-64, against the label"
)
_NEVER: Final = (
    "it never asked to join: is it powered and in reach, does it look on this channel, is joining "
    "open?"
)


def diagnosis(trace: Trace, device: str, eui64: Eui64) -> str:
    """What keeps a device out, or without a key of its own.

    Args:
        trace: of the run so far.
        device: its name.
        eui64: its own.
    """
    failed = _failure(trace, device, eui64)
    if failed is not None:
        return key_establishment_told(failed)
    refused = [fact for _, fact in trace.of(JoinRefused) if fact.eui64 == eui64]
    sent = any(fact.eui64 == eui64 for _, fact in trace.of(NetworkKeySent))
    if refused and not sent:
        reason = refused[-1]
        told = f"({reason.reason}, {reason.clause})"
        return f"the hub refuses {format_eui64(eui64)} {told}: {_UNREGISTERED}"
    if sent:
        return _after_the_key(trace, device)
    if any(fact.eui64 == eui64 for _, fact in trace.of(ChildAdmitted)):
        return "it associated, and the hub sent it no network key: " + _UNREGISTERED
    return _NEVER


def key_establishment_told(failed: KeyEstablishmentFailed) -> str:
    """What ended a key establishment, and what to do."""
    told = KEY_ESTABLISHMENT.get(failed.reason, "look at it in han.pcapng")
    detail = f" ({failed.detail})" if failed.detail else ""
    return f"key establishment ended with {failed.reason}{detail}: {told}"


def _failure(trace: Trace, device: str, eui64: Eui64) -> KeyEstablishmentFailed | None:
    """The last key establishment of a device, when it failed on either side."""
    failed = [
        (record.at, fact)
        for record, fact in trace.of(KeyEstablishmentFailed)
        if record.node == device or fact.partner == eui64
    ]
    agreed = [
        record.at
        for record, fact in trace.of(KeyEstablished)
        if record.node == device or fact.partner == eui64
    ]
    if not failed or (agreed and agreed[-1] > failed[-1][0]):
        return None
    same = [fact for _, fact in failed if fact.reason == failed[-1][1].reason]
    return next((fact for fact in reversed(same) if fact.detail), same[-1])


def _after_the_key(trace: Trace, device: str) -> str:
    """What is wrong after the network key went out."""
    dropped = [fact for _, fact in trace.of(FrameDropped, device) if fact.layer == "aps"]
    told = f" ({dropped[-1].reason})" if dropped else ""
    return f"{WRONG_CODE}{told}"
