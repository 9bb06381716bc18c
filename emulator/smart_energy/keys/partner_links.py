"""A device shares link keys with the partners in its device log and nobody else (ZSE 1.4 5.4).

It asks the trust centre, again when no key comes in time, and takes a key that a partner asked for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant, later
from emulator.smart_energy.facts import PartnerKeyDeclined, PartnerKeyInstalled
from emulator.smart_energy.primitives import LinkPartner, PartnerLinked, UnlinkPartner
from emulator.smart_energy.settings import PartnerLinkSettings
from emulator.zigbee.aps.primitives import (
    ApsmeRequestKeyRequest,
    ApsmeSetLinkKeyRequest,
    ApsmeTransportKeyIndication,
    KeyOrigin,
    TransportKeyType,
)


@dataclass(slots=True)
class _Partner:
    linked: bool = False
    tries: int = 0
    due: Instant | None = None


class PartnerLinks:
    """The partners of one device.

    Args:
        open_to_all: takes every key that the trust centre sends, as a device without a device log.
    """

    accepts: ClassVar[tuple[type, ...]] = (
        LinkPartner,
        UnlinkPartner,
        ApsmeTransportKeyIndication,
    )

    def __init__(self, settings: PartnerLinkSettings, *, open_to_all: bool = False) -> None:
        self._settings = settings
        self._open = open_to_all
        self._partners: dict[Eui64, _Partner] = {}

    @property
    def deadline(self) -> Instant | None:
        """When to ask again."""
        due = (each.due for each in self._partners.values() if each.due is not None)
        return min(due, default=None)

    def handle(self, event: Any, now: Instant) -> Sequence[Any]:
        """Effects of `event`."""
        effects: Sequence[Any] = self._steps[type(event)](self, event, now)
        return effects

    def wake(self, now: Instant) -> Sequence[Any]:
        """Ask again for the keys that did not come."""
        effects: list[Any] = []
        for eui64, partner in self._partners.items():
            if partner.due is not None and partner.due <= now:
                effects += self._ask(eui64, partner, now)
        return effects

    def _link(self, event: LinkPartner, now: Instant) -> Sequence[Any]:
        partner = self._partners.setdefault(event.partner, _Partner())
        return () if partner.linked else self._ask(event.partner, partner, now)

    def _ask(self, eui64: Eui64, partner: _Partner, now: Instant) -> Sequence[Any]:
        partner.tries += 1
        rest = partner.tries % self._settings.tries == 0
        partner.due = later(now, self._settings.pause if rest else self._settings.timeout)
        return (ApsmeRequestKeyRequest(eui64),)

    def _unlink(self, event: UnlinkPartner, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - shape
        if self._partners.pop(event.partner, None) is None:
            return ()
        return (ApsmeSetLinkKeyRequest(event.partner, None),)

    def _key(self, event: ApsmeTransportKeyIndication, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - shape
        if event.key_type != TransportKeyType.APPLICATION_LINK_KEY or event.partner is None:
            return ()
        partner = self._partners.get(event.partner)
        if partner is None and not self._open:
            return (PartnerKeyDeclined(event.partner),)
        partner = self._partners.setdefault(event.partner, _Partner())
        partner.linked, partner.due = True, None
        return (
            ApsmeSetLinkKeyRequest(event.partner, event.key, KeyOrigin.APPLICATION),
            PartnerKeyInstalled(event.partner),
            PartnerLinked(event.partner),
        )

    def snapshot(self) -> dict[str, Any]:
        """The partners, and whether a key is shared with each, as JSON knows them."""
        return {f"{eui64:016x}": each.linked for eui64, each in self._partners.items()}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave; keys still missing are asked for at once."""
        self._partners = {
            Eui64(int(eui64, 16)): _Partner(linked, due=None if linked else Instant(0))
            for eui64, linked in state.items()
        }

    _steps: ClassVar[Mapping[type, Any]] = {
        LinkPartner: _link,
        UnlinkPartner: _unlink,
        ApsmeTransportKeyIndication: _key,
    }
