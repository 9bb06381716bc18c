from emulator.dcc.incidents.code_vault import CodeVault
from emulator.testing.scenes.incident_scene import CODE
from emulator.testing.scenes.inventory_scene import ESME, GSME


def test_a_delivery_hands_over_what_there_is_and_names_what_is_not() -> None:
    manufacturer, installer = CodeVault(), CodeVault()
    manufacturer.keep(ESME, CODE)

    missing = manufacturer.deliver([ESME, GSME], to=installer)

    assert missing == (GSME,)
    assert installer.code(ESME) == CODE
    assert installer.code(GSME) is None
    assert len(installer) == 1


def test_a_later_code_replaces_an_earlier() -> None:
    vault = CodeVault()
    vault.keep(ESME, bytes(16))

    vault.keep(ESME, CODE)

    assert vault.code(ESME) == CODE
