"""Keys that Zigbee derives from a link key (R22 4.5.3)."""

from functools import lru_cache
from typing import Final

from emulator.crypto.mmo import hmac_mmo

DEFAULT_TRUST_CENTRE_LINK_KEY: Final = b"ZigBeeAlliance09"
"""The well-known default global trust centre link key, which is these 16 ASCII characters."""

_KEY_TRANSPORT: Final = b"\x00"
_KEY_LOAD: Final = b"\x02"
_VERIFY_KEY: Final = b"\x03"


@lru_cache(maxsize=1024)
def key_transport_key(link_key: bytes) -> bytes:
    """What protects a transported network key: HMAC of 0x00 (R22 4.5.3).

    Args:
        link_key: 16 octets, as on air.
    """
    return hmac_mmo(link_key, _KEY_TRANSPORT)


@lru_cache(maxsize=1024)
def key_load_key(link_key: bytes) -> bytes:
    """What protects a transported link key: HMAC of 0x02 (R22 4.5.3).

    Args:
        link_key: 16 octets, as on air.
    """
    return hmac_mmo(link_key, _KEY_LOAD)


def verify_key_hash(link_key: bytes) -> bytes:
    """What Verify-Key shows as proof of the link key: HMAC of 0x03 (R22 4.4.10.7).

    Args:
        link_key: 16 octets, as on air.
    """
    return hmac_mmo(link_key, _VERIFY_KEY)
