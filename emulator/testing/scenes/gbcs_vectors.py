"""The cryptographic test vectors of GBCS 18.4, and values to build messages from.

The vector is a critical command of supplier A to device A: ECS04b, reset meter balance. Only the
keys that the clause gives are here.
"""

from typing import Final

from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    derive_private_key,
)

from emulator.gbcs.protection.key_store import Credential, KeyStore, KeyUse
from emulator.kernel.identity import Eui64

SUPPLIER: Final = Eui64(0x123456789ABCDEF0)
DEVICE: Final = Eui64(0xFFFFFFFFFFFFFFFE)
BROKER: Final = Eui64(0x02_48_41_4E_4F_52_47_04)
"""The clause gives the access control broker's key, and no name."""

RESET_METER_BALANCE: Final = bytes.fromhex(
    "DD 00 00 00 00 00 00"  # MAC header
    "81A9 11 00000000"  # length, security header
    "DF 09 01 0000000000000001"  # general-signing, command, counter
    "08 123456789ABCDEF0 08 FFFFFFFFFFFFFFFE"  # originator, recipient
    "00 02 00B3"  # no date-time, message code
    "35 D9 20000001 00 03"  # payload of 53 octets, invoke id, three items
    "03 0070 0000130A00FF 02"
    "03 0070 0000130A01FF 02"
    "03 0070 0000130A02FF 02"
    "03 05 00000000 05 00000000 05 00000000"
    "40"  # signature
    "59045AB0F554622B0360340B9D87B5A23ED5723B41DE3F206E58CDD10F915B9F"
    "E2E12E2DA3632478A8DF678E418895869AC1E55318CCE04D120D2D6B44DC167B"
    "5D832D15B57A56D620F198B3"  # MAC
)

_SUPPLIER_SIGNING: Final = 0x3A6B2EAA0D9F25A9E455983FEB5BB947528121911BF3B76BE5661C89DBF24B26
_BROKER_AGREEMENT: Final = 0xE4A6CFB431471CFCAE491FD566D19C87082CF9FA7722D7FA24B2B3F5669DBEFB
_DEVICE_SIGNING_POINT: Final = bytes.fromhex(
    "04"
    "86FB5EB3CA0507226BE7197058B9EC041D3A3758D9D9C91902ACA3391F4E58AE"
    "F13AFF63CC4EF68942B9B94904DC1B890EDBEABD16B992110624968E894E560E"
)
_DEVICE_AGREEMENT_POINT: Final = bytes.fromhex(
    "04"
    "2DB45A3F21889438B42C8F464C75292BACF5FDDB5DA0B492501B299CBFE92D8F"
    "DB90FC8FF4026129838B1BCAD1402CAE47FE7D8084E409A41AFCE16D63579C5F"
)


def vector_keys() -> KeyStore:
    """The keys of the clause; those of the device without its private halves."""
    return KeyStore(
        (
            _with_private(SUPPLIER, KeyUse.DIGITAL_SIGNATURE, _SUPPLIER_SIGNING),
            _with_private(BROKER, KeyUse.KEY_AGREEMENT, _BROKER_AGREEMENT),
            _public(DEVICE, KeyUse.DIGITAL_SIGNATURE, _DEVICE_SIGNING_POINT),
            _public(DEVICE, KeyUse.KEY_AGREEMENT, _DEVICE_AGREEMENT_POINT),
        )
    )


def _with_private(eui64: Eui64, use: KeyUse, number: int) -> Credential:
    key: EllipticCurvePrivateKey = derive_private_key(number, SECP256R1())
    return Credential(eui64=eui64, use=use, public_key=key.public_key(), private_key=key)


def _public(eui64: Eui64, use: KeyUse, point: bytes) -> Credential:
    key = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point)
    return Credential(eui64=eui64, use=use, public_key=key)
