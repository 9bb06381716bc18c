"""A supplier, its meter and their keys, and messages between them, for tests of the laboratory."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.other_information import OtherInformation
from emulator.gbcs.pki import Pki, make_pki
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.encryption import SensitiveData
from emulator.gbcs.protection.message_protection import Protection
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.kernel.identity import Eui64
from emulator.testing.scenes.gbcs_vectors import RESET_METER_BALANCE

METER: Final = Eui64(0x00DB1234567890A0)
_ALERT_BODY: Final = bytes.fromhex(
    "0F 20000001 00"  # data-notification, invoke id, no date-time
    "02 03 12 8F0A"  # structure of three, alert code
    "09 0C 07DF0101FF000000008000FF"  # time
    "09"  # octet string: the encrypted block
)


@dataclass(frozen=True, slots=True)
class GbcsScene:
    """Who is there.

    Args:
        pki: the test PKI of all parties.
        protection: with the private keys of everybody.
        supplier: EUI-64 of the supplier.
    """

    pki: Pki
    protection: Protection
    supplier: Eui64

    @property
    def command(self) -> Message:
        """The critical command of GBCS 18.4, from this supplier to the meter."""
        vector = Message.decode(RESET_METER_BALANCE)
        named = replace(vector, originator=self.supplier, recipient=METER)
        return self.protection.protect(named, signed=True, maced=True)

    def sensitive_alert(self, plaintext: bytes) -> Message:
        """A signed alert of the meter that holds an encrypted block."""
        bare = Message(Cra.ALERT, 1, METER, self.supplier, b"", OtherInformation(0xC6), b"")
        block = SensitiveData(bare, self.protection.agreement).encrypt(plaintext)
        payload = _ALERT_BODY + bytes((len(block),)) + block
        return self.protection.protect(replace(bare, payload=payload), signed=True, maced=False)

    def write_keys(self, folder: Path) -> Path:
        """The folder, with the files of the PKI in it."""
        return write_files(folder, self.pki.files())


def gbcs_scene() -> GbcsScene:
    """The scene of seed 1."""
    pki = make_pki(1, (METER,))
    keys = pki.keys
    (supplier,) = keys.with_role(RemotePartyRole.SUPPLIER)
    return GbcsScene(pki, Protection(keys=keys, agreement=StoredKeyAgreement(keys)), supplier)


def write_files(folder: Path, files: Mapping[str, bytes]) -> Path:
    """The folder, made if need be, with these files in it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, octets in files.items():
        (folder / name).write_bytes(octets)
    return folder
