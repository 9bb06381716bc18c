"""Whom a device trusts: a certificate for each trust anchor cell, and counters (GBCS 13.3, 4.3.1).

A cell belongs to a role, not to a party: after a change of supplier the same cell holds another
party's certificate. One party may stand in the cells of several roles, as the access control
broker does in those of suppliers before a handover.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from emulator.gbcs.asn1.codes import CellUsage, KeyUsage
from emulator.gbcs.asn1.credentials import TrustAnchorCell
from emulator.gbcs.protection.certificates import Certificate
from emulator.gbcs.protection.key_store import KeyStore, KeyUse
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs_device.device_kind import CELLS, ROOT_CELL, DeviceKind, cell
from emulator.kernel.identity import Eui64

_NEVER_USED = -1
"""Below every counter."""


class TrustAnchors:
    """The cells of one device and the highest counters it acted on.

    Args:
        held: what is in the cells at first; a cell that is not here cannot be filled later.
        authorities: issuing authorities it knows besides the root in its cell.
    """

    def __init__(
        self,
        held: Mapping[TrustAnchorCell, Certificate],
        authorities: Iterable[Certificate] = (),
    ) -> None:
        self._held = dict(held)
        self._counters: dict[int, int] = {}
        self._prepayment_floors: dict[int, int] = {}
        self._authorities = tuple(authorities)

    @property
    def authorities(self) -> tuple[Certificate, ...]:
        """The root, if it is held, and the issuing authorities."""
        root = self._held.get(ROOT_CELL)
        return self._authorities if root is None else (root, *self._authorities)

    def trust(self, authority: Certificate) -> None:
        """Know another issuing authority."""
        self._authorities = (*self._authorities, authority)

    def certificate(self, where: TrustAnchorCell) -> Certificate | None:
        """What a cell holds; None where there is no such cell."""
        return self._held.get(where)

    def cells_of(self, role: int) -> tuple[TrustAnchorCell, ...]:
        """The cells of a role: signature, key agreement, and that for top-ups last."""
        order = (KeyUsage.KEY_CERT_SIGN, KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_AGREEMENT)
        mine = [each for each in self._held if each.remote_party_role == role]
        return tuple(sorted(mine, key=lambda each: (order.index(each.key_usage), each.cell_usage)))

    def roles_of(self, party: Eui64) -> frozenset[RemotePartyRole]:
        """The roles in whose cells a party stands; top-up cells do not count."""
        return frozenset(
            RemotePartyRole(each.remote_party_role)
            for each, held in self._held.items()
            if held.eui64 == party and each.cell_usage == CellUsage.MANAGEMENT
        )

    def party(self, role: RemotePartyRole) -> Eui64 | None:
        """Who stands in the cells of a role."""
        for usage in (KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_AGREEMENT):
            held = self._held.get(cell(role, usage))
            if held is not None:
                return held.eui64
        return None

    def is_tenant(self, role: RemotePartyRole) -> bool:
        """Whether somebody of another role stands in the cells of a role, as before a handover.

        Whoever has cells of its own role too is known by that one, so that its counter goes on
        when it leaves the others'.
        """
        held = self._held.get(cell(role, KeyUsage.DIGITAL_SIGNATURE)) or self._held.get(
            cell(role, KeyUsage.KEY_AGREEMENT)
        )
        return held is not None and held.role != role

    def replace(self, where: TrustAnchorCell, certificate: Certificate) -> None:
        """Put another certificate into a cell."""
        self._held[where] = certificate

    def empty(self, where: TrustAnchorCell) -> None:
        """Have no such cell any more; nothing changes where there was none."""
        self._held.pop(where, None)

    def highest_counter(self, whose: int) -> int:
        """The highest counter acted on for a role, or a device; -1 when there was none."""
        return self._counters.get(whose, _NEVER_USED)

    def record_counter(self, whose: int, counter: int) -> None:
        """Remember that a command of a role, or of a device, was acted on."""
        self._counters[whose] = counter

    def prepayment_floor(self, role: int) -> int:
        """From which counter on top-ups of a role count."""
        return self._prepayment_floors.get(role, 0)

    def set_prepayment_floor(self, role: int, floor: int) -> None:
        """From now on top-ups of a role count only from here on."""
        self._prepayment_floors[role] = floor

    def snapshot(self) -> dict[str, Any]:
        """Cells and counters as JSON knows them."""
        return {
            "cells": [
                [each.remote_party_role, int(each.key_usage), each.cell_usage, held.der.hex()]
                for each, held in self._held.items()
            ],
            "authorities": [each.der.hex() for each in self._authorities],
            "counters": [[role, counter] for role, counter in self._counters.items()],
            "prepayment_floors": [[role, at] for role, at in self._prepayment_floors.items()],
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave."""
        self._held = {
            TrustAnchorCell(
                RemotePartyRole(role), KeyUsage(usage), CellUsage(cell_usage)
            ): Certificate.decode(bytes.fromhex(der))
            for role, usage, cell_usage, der in state["cells"]
        }
        self._authorities = tuple(
            Certificate.decode(bytes.fromhex(der)) for der in state["authorities"]
        )
        self._counters = dict(state["counters"])
        self._prepayment_floors = dict(state["prepayment_floors"])


def trust_anchors(
    kind: DeviceKind,
    keys: KeyStore,
    *,
    parties: Mapping[RemotePartyRole, Eui64] | None = None,
) -> TrustAnchors:
    """The cells of a kind of device, filled from a key store.

    Args:
        kind: tells which cells there are.
        keys: certificates of remote parties, root and issuing authorities.
        parties: who stands in the cells of a role; the first of that role in the store unless
            given. A cell for which the store has no certificate is left out.
    """
    held: dict[TrustAnchorCell, Certificate] = {}
    for each in CELLS[kind]:
        role = RemotePartyRole(each.remote_party_role)
        if each == ROOT_CELL:
            root = _organisation_root(keys)
            if root is not None:
                held[each] = root
            continue
        party = (parties or {}).get(role) or next(iter(keys.with_role(role)), None)
        certificate = None if party is None else _certificate(keys, party, key_use(each))
        if certificate is not None:
            held[each] = certificate
    root = held.get(ROOT_CELL)
    below = [each for each in keys.authorities if root is not None and each.issued_by(root)]
    return TrustAnchors(held, (each for each in below if each is not root))


def key_use(where: TrustAnchorCell) -> KeyUse:
    """Which key of a party belongs into a cell."""
    if where.key_usage == KeyUsage.DIGITAL_SIGNATURE:
        return KeyUse.DIGITAL_SIGNATURE
    if where.cell_usage == CellUsage.PREPAYMENT_TOP_UP:
        return KeyUse.PREPAYMENT_KEY_AGREEMENT
    return KeyUse.KEY_AGREEMENT


def _certificate(keys: KeyStore, party: Eui64, use: KeyUse) -> Certificate | None:
    """A party's certificate; one without a key of its own for top-ups agrees with its other one."""
    found = keys.find(party, use)
    if found is None and use is KeyUse.PREPAYMENT_KEY_AGREEMENT:
        found = keys.find(party, KeyUse.KEY_AGREEMENT)
    return None if found is None else found.certificate


def _organisation_root(keys: KeyStore) -> Certificate | None:
    """The self-signed authority above the organisations: the first root in the store."""
    for authority in keys.authorities:
        if authority.role is RemotePartyRole.ROOT and authority.subject == authority.issuer:
            return authority
    return None
