"""Numbers in ASN.1 payloads and what they stand for (GBCS 11 to 13 and Annex 3)."""

from enum import IntFlag

from emulator.wire.codecs import OpenEnum


class CellUsage(OpenEnum):
    """What the credentials in a trust anchor cell are for."""

    MANAGEMENT = 0
    PREPAYMENT_TOP_UP = 1


class KeyUsage(IntFlag):
    """What a key is for: bits of the one octet of a key usage (RFC 5280 4.2.1.3)."""

    DIGITAL_SIGNATURE = 0x80
    KEY_AGREEMENT = 0x08
    KEY_CERT_SIGN = 0x04
    CRL_SIGN = 0x02


class CredentialsReplacementMode(OpenEnum):
    """Whose credentials are replaced, and who authorises it (CS02b, CS02g)."""

    SUPPLIER_BY_SUPPLIER = 2
    NETWORK_OPERATOR_BY_NETWORK_OPERATOR = 3
    ACB_BY_ACB = 4
    WAN_PROVIDER_BY_WAN_PROVIDER = 5
    TRANSCOS_BY_TRANSCOS = 6
    SUPPLIER_BY_TRANSCOS = 7
    ANY_EXCEPT_ABNORMAL_ROOT_BY_RECOVERY = 8
    ANY_BY_CONTINGENCY = 9
    LOAD_CONTROLLER_BY_LOAD_CONTROLLER = 10
    LOAD_CONTROLLER_BY_SUPPLIER = 11


class CpvChecks(OpenEnum):
    """Whether certification paths are also checked for their time of validity."""

    APPLY = 0
    DISAPPLY = 1


class SequenceNumberUsage(OpenEnum):
    """What a specialist sequence number counts."""

    PREPAYMENT_TOP_UP = 0


class StatusCode(OpenEnum):
    """How reading or replacing one trust anchor went (a subset of RFC 5934)."""

    SUCCESS = 0
    BAD_CERTIFICATE = 5
    NO_TRUST_ANCHOR = 10
    INSUFFICIENT_MEMORY = 17
    TRUST_ANCHOR_NOT_FOUND = 25
    RESOURCES_BUSY = 30
    OTHER = 127


class IssueCredentialsResponseCode(OpenEnum):
    """Why there is no certification request (CS02c)."""

    INVALID_KEY_USAGE = 1
    KEY_PAIR_GENERATION_FAILED = 2
    CR_PRODUCTION_FAILED = 3


class UpdateCertificateResponseCode(OpenEnum):
    """How storing a device's new certificate went (CS02d)."""

    SUCCESS = 0
    INVALID_CERTIFICATE = 1
    WRONG_DEVICE_IDENTITY = 2
    INVALID_KEY_USAGE = 3
    NO_CORRESPONDING_KEY_PAIR_GENERATED = 4
    WRONG_PUBLIC_KEY = 5
    CERTIFICATE_STORAGE_FAILED = 6
    PRIVATE_KEY_CHANGE_FAILED = 7


class ProvideCertificateResponseCode(OpenEnum):
    """Why there is no device certificate (CS02e)."""

    INVALID_KEY_USAGE = 1
    NO_CERTIFICATE_HELD = 2
    CERTIFICATE_RETRIEVAL_FAILURE = 3


class JoinMethodAndRole(OpenEnum):
    """How two devices are to authenticate each other, and who begins (CS03)."""

    METHOD_A_INITIATOR = 0
    METHOD_A_RESPONDER = 1
    METHOD_B = 2
    METHOD_C = 3


class JoinResponseCode(OpenEnum):
    """How adding a device to a device log went (CS03, GCS59)."""

    SUCCESS = 0
    INVALID_MESSAGE_CODE_FOR_JOIN_METHOD_AND_ROLE = 1
    INVALID_JOIN_METHOD_AND_ROLE = 2
    INCOMPATIBLE_WITH_EXISTING_ENTRY = 3
    DEVICE_LOG_FULL = 4
    WRITE_FAILURE = 5
    KEY_AGREEMENT_NO_RESOURCES = 6
    KEY_AGREEMENT_UNKNOWN_ISSUER = 7
    KEY_AGREEMENT_UNSUPPORTED_SUITE = 8
    KEY_AGREEMENT_BAD_MESSAGE = 9
    KEY_AGREEMENT_BAD_KEY_CONFIRM = 10
    INVALID_OR_MISSING_CERTIFICATE = 11
    NO_PARTNER_LINK_KEY_RECEIVED = 12
    NO_CBKE_RESPONSE = 13


class UnjoinResponseCode(OpenEnum):
    """How removing a device from a device log went (CS04)."""

    SUCCESS = 0
    NOT_IN_DEVICE_LOG = 1
    OTHER_FAILURE = 2


class DeviceType(OpenEnum):
    """Kinds of devices in ASN.1 payloads; DLMS payloads number them otherwise."""

    GSME = 0
    ESME = 1
    CHF = 2
    GPF = 3
    HCALCS = 4
    PPMID = 5
    TYPE_2 = 6


class ReadLogResponseCode(OpenEnum):
    """How reading a device log went (CS07)."""

    SUCCESS = 0
    READ_FAILURE = 1


class ActivateFirmwareResponseCode(OpenEnum):
    """How activating an image went (CS06)."""

    SUCCESS = 0
    NO_IMAGE_HELD = 1
    HASH_MISMATCH = 2
    ACTIVATION_FAILURE = 3


class TransferResponseCode(OpenEnum):
    """How handing an image to a device went (CCS08)."""

    SUCCESS = 0
    IMAGE_DISCARDED = 1
    HARDWARE_VERSION_MISMATCH = 2
    FILE_TRANSFER_FAILURE = 3


class ReadVersionResponseCode(OpenEnum):
    """How reading a firmware version went (CS08)."""

    SUCCESS = 0
    READ_FAILURE = 1


class ActivateImageResult(OpenEnum):
    """How a PPMID or HCALCS came to its new image (CS09)."""

    SUCCESS = 0
    FAILURE = 1


class DeviceTimeStatus(OpenEnum):
    """How far a gas meter trusts its clock (GCS28)."""

    RELIABLE = 0
    INVALID = 1
    UNRELIABLE = 2
