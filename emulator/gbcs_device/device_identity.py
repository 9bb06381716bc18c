"""Who a device is: its name and kind, its keys, whom it trusts and with whom it may talk."""

from collections.abc import Iterable, Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import ECDH

from emulator.gbcs.protection.agreement import KeyAgreement
from emulator.gbcs.protection.key_store import Credential, KeyStore, KeyUse
from emulator.gbcs.protection.refusal import MissingKeyError
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.gbcs_device.device_log import DeviceLog
from emulator.gbcs_device.own_keys import OwnKeys
from emulator.gbcs_device.trust_anchors import TrustAnchors
from emulator.kernel.identity import Eui64, format_eui64


class OwnKeyAgreement:
    """Agreement with the device's own private key; one multiplication for each partner's key.

    Args:
        own: the device's key to agree with.
        keys: certificates or keys of the partners.
        secrets: what was agreed before, by both public halves.
    """

    def __init__(
        self,
        own: Credential | None,
        keys: KeyStore,
        secrets: dict[tuple[bytes, bytes], bytes],
    ) -> None:
        self._own = own
        self._keys = keys
        self._secrets = secrets

    def shared_secret(self, own: Eui64, peer: Eui64) -> bytes:
        """32 octets: the x-coordinate of the agreed point.

        Raises:
            MissingKeyError: when the device's private key or the partner's key is not at hand.
        """
        mine = self._own
        if mine is None or mine.private_key is None or mine.eui64 not in (own, peer):
            raise MissingKeyError("the device has no private key of its own to agree with")
        partner = peer if own == mine.eui64 else own
        theirs = self._keys.find(partner, KeyUse.KEY_AGREEMENT)
        if theirs is None:
            raise MissingKeyError(f"{format_eui64(partner)} has no key to agree with")
        pair = (_name(mine), _name(theirs))
        secret = self._secrets.get(pair)
        if secret is None:
            secret = self._secrets[pair] = mine.private_key.exchange(ECDH(), theirs.public_key)
        return secret


class DeviceIdentity:
    """What messages of and to one device are checked and protected with.

    Args:
        kind: of device.
        own: its keys.
        anchors: the certificates and counters of remote parties.
        log: the devices it may talk to.
        agreement: knows the secrets it shares, where its own private key is not known.
    """

    def __init__(
        self,
        *,
        kind: DeviceKind,
        own: OwnKeys,
        anchors: TrustAnchors,
        log: DeviceLog,
        agreement: KeyAgreement | None = None,
    ) -> None:
        self.kind = kind
        self.own = own
        self.anchors = anchors
        self.log = log
        self._agreement = agreement
        self._secrets: dict[tuple[bytes, bytes], bytes] = {}

    @property
    def eui64(self) -> Eui64:
        """Its name in messages."""
        return self.own.eui64

    def keys_with(self, partners: Iterable[Credential]) -> KeyStore:
        """The device's own keys and those of these partners."""
        others = (each for each in partners if each.eui64 != self.eui64)
        return KeyStore((*self.own.credentials, *others))

    def agreement(self, keys: KeyStore) -> KeyAgreement:
        """Who knows the secrets that the device shares with the parties of these keys."""
        if self._agreement is not None:
            return self._agreement
        return OwnKeyAgreement(self.own.find(KeyUse.KEY_AGREEMENT), keys, self._secrets)

    def snapshot(self) -> dict[str, Any]:
        """Everything that changes, as JSON knows it."""
        return {
            "own": self.own.snapshot(),
            "anchors": self.anchors.snapshot(),
            "log": self.log.snapshot(),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave."""
        self.own.restore(state["own"])
        self.anchors.restore(state["anchors"])
        self.log.restore(state["log"])


def _name(credential: Credential) -> bytes:
    """What tells a public key from all others: its certificate, or the key itself."""
    if credential.certificate is not None:
        return credential.certificate.der
    numbers = credential.public_key.public_numbers()
    return numbers.x.to_bytes(32, "big") + numbers.y.to_bytes(32, "big")
