"""Cells, who stands in them, and counters."""

import json
from dataclasses import replace

import pytest

from emulator.gbcs.asn1.codes import CellUsage, KeyUsage
from emulator.gbcs.asn1.credentials import TrustAnchorCell
from emulator.gbcs.protection.certificates import Certificate
from emulator.gbcs.protection.key_store import KeyStore, KeyUse
from emulator.gbcs.remote_party_role import RemotePartyRole as Role
from emulator.gbcs_device.device_kind import CELLS, ROOT_CELL, DeviceKind, cell
from emulator.gbcs_device.trust_anchors import TrustAnchors, key_use, trust_anchors
from emulator.kernel.identity import Eui64
from emulator.testing.scenes.remote_party_bench import GAINING_SUPPLIER, bench_pki

DS, KA = KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_AGREEMENT


def certificate(party: Eui64, use: KeyUse) -> Certificate:
    found = bench_pki().keys.find(party, use)
    assert found is not None
    assert found.certificate is not None
    return found.certificate


@pytest.fixture
def anchors() -> TrustAnchors:
    keys = bench_pki().keys
    supplier = min(keys.with_role(Role.SUPPLIER))
    return trust_anchors(DeviceKind.GSME, keys, parties={Role.SUPPLIER: supplier})


@pytest.mark.parametrize("kind", list(DeviceKind))
def test_every_cell_of_a_kind_is_filled_with_what_it_is_for(kind: DeviceKind) -> None:
    anchors = trust_anchors(kind, bench_pki().keys)

    for each in CELLS[kind]:
        held = anchors.certificate(each)
        assert held is not None, each
        assert held.role == each.remote_party_role


@pytest.mark.parametrize(
    ("where", "use"),
    [
        (cell(Role.SUPPLIER, DS), KeyUse.DIGITAL_SIGNATURE),
        (cell(Role.SUPPLIER, KA), KeyUse.KEY_AGREEMENT),
        (cell(Role.SUPPLIER, KA, CellUsage.PREPAYMENT_TOP_UP), KeyUse.PREPAYMENT_KEY_AGREEMENT),
    ],
)
def test_each_cell_holds_the_key_of_its_use(
    anchors: TrustAnchors, where: TrustAnchorCell, use: KeyUse
) -> None:
    supplier = min(bench_pki().keys.with_role(Role.SUPPLIER))

    assert key_use(where) is use
    assert anchors.certificate(where) == certificate(supplier, use)


def test_cells_without_certificate_are_not_there() -> None:
    only_supplier = [each for each in bench_pki().credentials if each.role is Role.SUPPLIER]
    anchors = trust_anchors(DeviceKind.GSME, KeyStore(only_supplier))

    assert anchors.certificate(ROOT_CELL) is None
    assert anchors.cells_of(Role.NETWORK_OPERATOR) == ()
    assert anchors.authorities == ()


def test_the_broker_agrees_for_top_ups_with_its_only_key() -> None:
    keys = bench_pki().keys
    (broker,) = keys.with_role(Role.ACCESS_CONTROL_BROKER)
    top_up = cell(Role.SUPPLIER, KA, CellUsage.PREPAYMENT_TOP_UP)

    anchors = trust_anchors(DeviceKind.ESME, keys, parties={Role.SUPPLIER: broker})

    assert anchors.certificate(top_up) == certificate(broker, KeyUse.KEY_AGREEMENT)


def test_authorities_are_the_root_and_what_it_issued(anchors: TrustAnchors) -> None:
    names = [each.subject for each in anchors.authorities]

    assert names == [
        "CN=hanlab test organisation-root,OU=00",
        "CN=hanlab test organisation-issuing,OU=07",
    ]


def test_the_root_is_a_root_that_signed_for_itself() -> None:
    root, issuing, *_ = (each.certificate for each in bench_pki().authorities)
    others = (
        replace(root, issuer="CN=another"),
        replace(root, issuer="OU=another"),
        replace(issuing, issuer=issuing.subject),
    )

    anchors = trust_anchors(DeviceKind.GSME, KeyStore(bench_pki().credentials, (*others, root)))

    assert anchors.certificate(ROOT_CELL) == root
    without = trust_anchors(DeviceKind.GSME, KeyStore(bench_pki().credentials, others))
    assert without.certificate(ROOT_CELL) is None


def test_a_party_may_stand_in_cells_of_several_roles(anchors: TrustAnchors) -> None:
    (broker,) = bench_pki().keys.with_role(Role.ACCESS_CONTROL_BROKER)
    anchors.replace(cell(Role.SUPPLIER, DS), certificate(broker, KeyUse.DIGITAL_SIGNATURE))

    assert anchors.roles_of(broker) == {Role.ACCESS_CONTROL_BROKER, Role.SUPPLIER}
    assert anchors.party(Role.SUPPLIER) == broker


def test_a_party_of_another_role_is_a_tenant(anchors: TrustAnchors) -> None:
    (broker,) = bench_pki().keys.with_role(Role.ACCESS_CONTROL_BROKER)
    assert not anchors.is_tenant(Role.SUPPLIER)
    assert not anchors.is_tenant(Role.ACCESS_CONTROL_BROKER)
    assert not anchors.is_tenant(Role.LOAD_CONTROLLER)

    anchors.replace(cell(Role.SUPPLIER, DS), certificate(broker, KeyUse.DIGITAL_SIGNATURE))

    assert anchors.is_tenant(Role.SUPPLIER)


def test_a_tenant_may_come_from_a_role_before_or_after(anchors: TrustAnchors) -> None:
    supplier = min(bench_pki().keys.with_role(Role.SUPPLIER))
    anchors.replace(
        cell(Role.NETWORK_OPERATOR, DS), certificate(supplier, KeyUse.DIGITAL_SIGNATURE)
    )

    assert anchors.is_tenant(Role.NETWORK_OPERATOR)


def test_a_top_up_cell_gives_no_role(anchors: TrustAnchors) -> None:
    top_up = cell(Role.SUPPLIER, KA, CellUsage.PREPAYMENT_TOP_UP)
    anchors.replace(top_up, certificate(GAINING_SUPPLIER, KeyUse.PREPAYMENT_KEY_AGREEMENT))

    assert anchors.roles_of(GAINING_SUPPLIER) == frozenset()


def test_cells_of_a_role_come_signature_first_and_top_ups_last(anchors: TrustAnchors) -> None:
    found = [(each.key_usage, each.cell_usage) for each in anchors.cells_of(Role.SUPPLIER)]

    assert found == [
        (DS, CellUsage.MANAGEMENT),
        (KA, CellUsage.MANAGEMENT),
        (KA, CellUsage.PREPAYMENT_TOP_UP),
    ]


def test_a_role_without_cells_is_nobodys(anchors: TrustAnchors) -> None:
    assert anchors.party(Role.LOAD_CONTROLLER) is None
    anchors.empty(cell(Role.SUPPLIER, DS))
    anchors.empty(cell(Role.SUPPLIER, KA))
    anchors.empty(cell(Role.LOAD_CONTROLLER, KA))

    assert anchors.party(Role.SUPPLIER) is None


def test_counters_are_below_all_until_recorded(anchors: TrustAnchors) -> None:
    assert anchors.highest_counter(Role.SUPPLIER) == -1
    assert anchors.prepayment_floor(Role.SUPPLIER) == 0

    anchors.record_counter(Role.SUPPLIER, 7)

    assert anchors.highest_counter(Role.SUPPLIER) == 7
    assert anchors.highest_counter(Role.NETWORK_OPERATOR) == -1


def test_cells_counters_and_authorities_survive_a_loss_of_power(anchors: TrustAnchors) -> None:
    anchors.record_counter(Role.SUPPLIER, 2**63)
    anchors.set_prepayment_floor(Role.SUPPLIER, 9)
    anchors.replace(
        cell(Role.SUPPLIER, DS), certificate(GAINING_SUPPLIER, KeyUse.DIGITAL_SIGNATURE)
    )
    anchors.trust(bench_pki().authorities[3].certificate)
    other = TrustAnchors({})

    other.restore(json.loads(json.dumps(anchors.snapshot())))

    assert other.snapshot() == anchors.snapshot()
    assert other.party(Role.SUPPLIER) == GAINING_SUPPLIER
    assert other.highest_counter(Role.SUPPLIER) == 2**63
    assert other.prepayment_floor(Role.SUPPLIER) == 9
    assert [each.der for each in other.authorities] == [each.der for each in anchors.authorities]
