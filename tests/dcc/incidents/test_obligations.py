from itertools import product

import pytest

from emulator.dcc.incidents.obligations import Installation, Installer, obligation
from emulator.dcc.incidents.records import Regime


@pytest.mark.parametrize("regime", [Regime.SSI, Regime.EMAIL])
def test_a_supplier_that_left_a_device_without_wan_is_bound(regime: Regime) -> None:
    installation = Installation(installer=Installer.SUPPLIER, without_wan=True)

    assert obligation(regime, installation).bound


@pytest.mark.parametrize("regime", [Regime.SSI, Regime.EMAIL])
def test_the_text_does_not_reach_devices_that_are_merely_pending(regime: Regime) -> None:
    """Nine in ten of those concerned (MP121 section 7)."""
    installation = Installation(installer=Installer.SUPPLIER, without_wan=False)

    found = obligation(regime, installation)

    assert not found.bound
    assert "without the SM WAN" in found.clause


@pytest.mark.parametrize(
    ("regime", "installer"),
    list(product((Regime.SSI, Regime.EMAIL), (Installer.GAS_TRANSPORTER, Installer.AGENT))),
)
def test_who_is_no_supplier_party_is_not_bound(regime: Regime, installer: Installer) -> None:
    installation = Installation(installer=installer, without_wan=True)

    assert not obligation(regime, installation).bound


def test_a_code_in_the_inventory_binds_nobody() -> None:
    for installer, without_wan in product(Installer, (True, False)):
        installation = Installation(installer=installer, without_wan=without_wan)

        assert not obligation(Regime.SMI, installation).bound
