"""A device's own certificates: new keys, new certificates, and telling them (GBCS CS02c, d, e)."""

from typing import Final

from emulator.gbcs.asn1.codes import (
    IssueCredentialsResponseCode,
    KeyUsage,
    ProvideCertificateResponseCode,
    UpdateCertificateResponseCode,
)
from emulator.gbcs.asn1.credentials import (
    IssueCredentialsCommand,
    IssueCredentialsResponse,
    ProvideCertificateCommand,
    ProvideCertificateResponse,
    UpdateCertificateCommand,
    UpdateCertificateResponse,
)
from emulator.gbcs.protection.key_store import KeyUse
from emulator.gbcs_device.asn1.handling import Belongings, Handled, injected
from emulator.gbcs_device.asn1.security_events import of_certificate
from emulator.gbcs_device.execution import Command

USES: Final = {
    int(KeyUsage.DIGITAL_SIGNATURE): KeyUse.DIGITAL_SIGNATURE,
    int(KeyUsage.KEY_AGREEMENT): KeyUse.KEY_AGREEMENT,
}
"""The two uses of a device's keys."""


def issue_credentials(
    belongings: Belongings, command: Command, asked: IssueCredentialsCommand
) -> Handled:
    """A certification request for a new key pair (CS02c)."""
    fault = injected(command)
    if fault is not None:
        return Handled(IssueCredentialsResponse(IssueCredentialsResponseCode(fault)))
    use = USES.get(asked.key_usage)
    if use is None:
        return Handled(IssueCredentialsResponse(IssueCredentialsResponseCode.INVALID_KEY_USAGE))
    return Handled(IssueCredentialsResponse(belongings.identity.own.issue(use)))


def update_certificate(
    belongings: Belongings, command: Command, asked: UpdateCertificateCommand
) -> Handled:
    """A new certificate for a key pair that waits for it (CS02d)."""
    fault = injected(command)
    if fault is None:
        code = belongings.identity.own.store(asked.certificate)
    else:
        code = UpdateCertificateResponseCode(fault)
    return Handled(UpdateCertificateResponse(code), of_certificate(asked.certificate, code))


def provide_certificate(
    belongings: Belongings, command: Command, asked: ProvideCertificateCommand
) -> Handled:
    """The certificate in use (CS02e)."""
    codes = ProvideCertificateResponseCode
    fault = injected(command)
    if fault is not None:
        return Handled(ProvideCertificateResponse(codes(fault)))
    use = USES.get(asked.key_usage)
    if use is None:
        return Handled(ProvideCertificateResponse(codes.INVALID_KEY_USAGE))
    held = belongings.identity.own.find(use)
    if held is None or held.certificate is None:
        return Handled(ProvideCertificateResponse(codes.NO_CERTIFICATE_HELD))
    return Handled(ProvideCertificateResponse(held.certificate.der))
