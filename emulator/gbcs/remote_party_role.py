"""The roles of remote parties, which certificates and ASN.1 payloads number alike (GBCS 13.3)."""

from emulator.wire.codecs import OpenEnum


class RemotePartyRole(OpenEnum):
    """What a remote party is to a device."""

    ROOT = 0
    RECOVERY = 1
    SUPPLIER = 2
    NETWORK_OPERATOR = 3
    ACCESS_CONTROL_BROKER = 4
    TRANSITIONAL_CHANGE_OF_SUPPLIER = 5
    WAN_PROVIDER = 6
    ISSUING_AUTHORITY = 7
    LOAD_CONTROLLER = 8
    OTHER = 127
