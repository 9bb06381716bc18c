from emulator.kernel.settings import unverified
from emulator.zcl.settings import ZclSettings


def test_settings_without_a_clause_are_named() -> None:
    assert set(unverified(ZclSettings())) == {
        "answer_timeout",
        "delivery_timeout",
        "acknowledge_answers",
        "report_limit",
        "power_configuration_needs_link_key",
        "keep_alive_needs_link_key",
    }
