import base64
from datetime import UTC, datetime

import pytest

from emulator.dcc.checks.certificate_checks import broken_certificate
from emulator.gbcs.protection.key_store import KeyUse
from emulator.kernel.units import seconds
from emulator.testing.scenes.dcc_scene import ESME, HUB, dcc_scene

NOW = datetime(2026, 1, 5, tzinfo=UTC)


def certificate(use: KeyUse) -> bytes:
    scene = dcc_scene()
    found = scene.keys.find(scene.dcc.user("supplier").eui64, use)
    assert found is not None
    assert found.certificate is not None
    return found.certificate.der


SIGNING = certificate(KeyUse.DIGITAL_SIGNATURE)
AGREEMENT = certificate(KeyUse.KEY_AGREEMENT)


@pytest.mark.parametrize("value", [SIGNING, base64.b64encode(SIGNING).decode()])
def test_good_certificate_passes(value: object) -> None:
    assert broken_certificate({"DigitalSigningCertificate": value}, NOW) is None


def test_certificate_is_found_inside_of_others() -> None:
    inside = {"ReplacementCertificates": {"KeyAgreementCertificate": SIGNING}}

    assert "key is for digital signature" in (broken_certificate(inside, NOW) or "")


@pytest.mark.parametrize(
    ("value", "moment", "reason"),
    [
        (SIGNING, datetime(2014, 1, 1, tzinfo=UTC), "valid from"),
        (AGREEMENT, NOW, "expected digital signature"),
        (b"0\x00", NOW, "Certificate"),
        (7, NOW, "expected DER"),
        ("no base 64!", NOW, "expected DER"),
        ("caf\u00e9", NOW, "expected DER"),
    ],
)
def test_bad_certificate_is_named(value: object, moment: datetime, reason: str) -> None:
    found = broken_certificate({"DigitalSigningCertificate": value}, moment)

    assert found is not None
    assert reason in found


def test_other_parameters_are_left_alone() -> None:
    assert broken_certificate({"DeviceID": 1, "Certificate": "?"}, NOW) is None


def test_request_with_a_certificate_for_another_use_is_refused_and_not_executed() -> None:
    scene = dcc_scene()
    scene.commissioned(HUB, ESME)
    scene.connect()

    answer = scene.dcc.request(
        "supplier",
        "6.23",
        ESME,
        DigitalSigningCertificate=AGREEMENT,
        KeyAgreementCertificate=AGREEMENT,
    )
    scene.run(seconds(5))

    assert answer.code == scene.dcc.world.settings.codes.certificate
    assert not scene.home.heard
