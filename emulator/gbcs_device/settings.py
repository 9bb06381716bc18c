"""How strict the remote-party side of a device is, and what no source tells of it."""

from dataclasses import dataclass

from emulator.gbcs.asn1.tlv import Lengths
from emulator.kernel.settings import setting


@dataclass(frozen=True, slots=True, kw_only=True)
class RemotePartySettings:
    """Rules and limits of one device."""

    check_validity: bool = setting(
        default=True,
        source="GBCS 13.3, certification path validation; that it is done for every message, "
        "and not only when a certificate is stored, is unverified",
        verified=False,
    )
    check_paths: bool = setting(
        default=True,
        source="GBCS 13.3: new trust anchors lead to the root in its cell",
    )
    join_certificate_names_partner: bool = setting(
        default=True,
        source="GBCS 13.7; a reference join by method C succeeds with another device's certificate",
        verified=False,
    )
    log_capacity: int = setting(
        16, source="CHTS 4.5.1: the hub's log; no source for the logs of others", verified=False
    )
    lengths: Lengths = setting(
        Lengths.DER, source="X.690 10.1; devices of the reference test data write LONG"
    )
    hardware_version: int = setting(
        0,
        source="no shipment tells it, as the Central Products List does; images are for a range",
        verified=False,
    )
    whole_message: int = setting(
        1200, source="GBCS 7.2.11: octets of the longest message that goes without blocks"
    )
