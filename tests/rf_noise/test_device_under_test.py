import pytest

from emulator.kernel.errors import UsageError
from emulator.rf_noise.device_under_test import Chas, Dut, Setup, chosen_chas, dut_named

REGISTRY = (Chas("ONE", listed=True), Chas("NINE", listed=False))


@pytest.mark.parametrize(("text", "dut"), [("ESME", Dut.ESME), ("Hot Shoe", Dut.HOT_SHOE)])
def test_esme_and_hot_shoe_can_be_tested(text: str, dut: Dut) -> None:
    assert dut_named(text) is dut


@pytest.mark.parametrize("text", ["GSME", "PPMID", "IHD", "comms-hub", ""])
def test_everything_else_is_refused_with_the_clause(text: str) -> None:
    with pytest.raises(UsageError, match=r"H14\.46"):
        dut_named(text)


def test_listed_chas_needs_no_consent() -> None:
    assert chosen_chas("ONE", REGISTRY, "") == REGISTRY[0]


@pytest.mark.parametrize("identity", ["NINE", "UNHEARD-OF"])
def test_unlisted_chas_needs_consent(identity: str) -> None:
    with pytest.raises(UsageError, match=r"App\. J 14\.3"):
        chosen_chas(identity, REGISTRY, " ")


def test_unlisted_chas_with_consent_is_recorded() -> None:
    chas = chosen_chas("NINE", REGISTRY, "A. Maker, 1 May 2026")

    assert Setup(Dut.HOT_SHOE, chas, "A. Maker, 1 May 2026").words == (
        "Communications Hub Hot Shoe, CHAS NINE (not listed; agreed: A. Maker, 1 May 2026)"
    )


def test_consent_without_chas_is_a_mistake() -> None:
    with pytest.raises(UsageError, match="--consent without --chas"):
        chosen_chas("", REGISTRY, "A. Maker")


def test_setup_without_chas_says_so() -> None:
    assert Setup(Dut.ESME).words == "ESME, no CHAS named"
