import json
import re
from pathlib import Path
from typing import Any

import pytest

from emulator.crypto.cbke import Suite
from emulator.crypto.certificate_authority import TEST_ISSUER, CertificateAuthority
from emulator.crypto.lab_certificates import load, parse
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream

VECTORS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "vectors" / "cbke.json").read_text(encoding="utf-8")
)["suites"]


def entry(suite: int, party: str = "U", /, **changed: object) -> str:
    """One identity of the published vectors, with keys changed, or left out when None."""
    vector = VECTORS[suite - 1]
    values: dict[str, object] = {
        "suite": suite,
        "eui64": vector[party]["eui64"],
        "certificate": vector[party]["certificate"],
        "private_key": vector[party]["static_private"],
        "ca_public_key": vector["ca_public_key"],
    }
    values |= changed
    return table("identity", values)


def table(kind: str, values: dict[str, object]) -> str:
    lines = [f"{key} = {json.dumps(value)}" for key, value in values.items() if value is not None]
    return "\n".join([f"[[{kind}]]", *lines, ""])


def problems(text: str) -> tuple[str, ...]:
    with pytest.raises(UsageError) as caught:
        parse(text, "lab.toml")
    return caught.value.problems


def test_published_identities_are_imported(tmp_path: Path) -> None:
    path = tmp_path / "lab.toml"
    path.write_text(entry(1) + entry(2) + entry(2, "V"), encoding="utf-8")

    found = load(path)

    assert [identity.suite for identity in found.identities] == [1, 2, 2]
    identity = found.identity(Eui64(0x0A0B0C0D0E0F1012), Suite.SECT283K1)
    assert identity == found.identities[1]
    assert identity.certificate.hex().upper() == VECTORS[1]["U"]["certificate"]
    assert identity.private_key == int(VECTORS[1]["U"]["static_private"], 16)
    assert found.identity(Eui64(0x0A0B0C0D0E0F1012), Suite.SECT163K1) is None


def test_grouped_hexadecimal_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    spaced = " ".join(VECTORS[0]["U"]["certificate"][at : at + 8] for at in range(0, 96, 8))
    path = tmp_path / "lab.toml"
    path.write_text(
        "\ufeff" + entry(1, certificate=spaced, eui64="00-00-00-00-00-00-00-02"), encoding="utf-8"
    )

    found = load(path)

    assert found.identities == parse(entry(1), "same").identities


def test_authority_issues_what_the_test_authority_would() -> None:
    values: dict[str, object] = {
        "suite": 2,
        "issuer": "48414E4C54455354",
        "private_key": "00" * 35 + "05",
    }

    found = parse(table("authority", values), "lab.toml")

    expected = CertificateAuthority(Suite.SECT283K1, 5, TEST_ISSUER)
    assert found.identities == ()
    assert found.authorities[0].issue(Eui64(1), Stream("x")) == expected.issue(
        Eui64(1), Stream("x")
    )


def test_empty_file_holds_nothing() -> None:
    found = parse("", "lab.toml")

    assert found.identities == ()
    assert found.authorities == ()


def test_every_mistake_is_listed_at_once() -> None:
    text = entry(1, suite=3) + entry(1, certificate="00", private_key="xx", eui64="12")

    assert problems(text) == (
        "lab.toml: identity 1: suite: 3, expected 1 or 2",
        "lab.toml: identity 2: eui64: EUI-64 '12': expected 16 hexadecimal digits",
        "lab.toml: identity 2: certificate: 1 octets, expected 48",
        "lab.toml: identity 2: private_key: is not hexadecimal",
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (entry(1, suite=None), "identity 1: suite: is missing, expected 1 or 2"),
        (entry(1, suite=True), "identity 1: suite: True, expected 1 or 2"),
        (entry(1, suite="1"), "identity 1: suite: '1', expected 1 or 2"),
        (entry(1, suite=1.0), "identity 1: suite: 1.0, expected 1 or 2"),
        (entry(1, suite=[]), "identity 1: suite: [], expected 1 or 2"),
        (
            entry(1, certificate=None),
            "identity 1: certificate: is missing, expected hexadecimal in quotes",
        ),
        (
            entry(1, eui64=2),
            "identity 1: eui64: int without quotes, expected hexadecimal in quotes",
        ),
        (entry(2, private_key="00" * 35), "identity 1: private_key: 35 octets, expected 36"),
        (entry(1, certificate="02" * 49), "identity 1: certificate: 49 octets, expected 48"),
        (entry(2, ca_public_key="02" * 22), "identity 1: ca_public_key: 22 octets, expected 37"),
        (
            entry(1, private_key="00" * 21),
            "identity 1: private_key: is not between 1 and the order less 1",
        ),
        (
            entry(1, private_key="04000000000000000000020108A2E0CC0D99F8A5EF"),
            "identity 1: private_key: is not between 1 and the order less 1",
        ),
        (
            entry(1, private_key="00" * 20 + "01"),
            "identity 1: private_key: does not belong to the certificate and ca_public_key",
        ),
        (
            entry(1, eui64="0000000000000003"),
            (
                "identity 1: eui64: 00-00-00-00-00-00-00-03, expected 00-00-00-00-00-00-00-02, "
                "the subject of the certificate"
            ),
        ),
        (
            entry(1, eui64="0000000000000001"),
            (
                "identity 1: eui64: 00-00-00-00-00-00-00-01, expected 00-00-00-00-00-00-00-02, "
                "the subject of the certificate"
            ),
        ),
        (
            entry(1, ca_public_key="00" * 22),
            "identity 1: ca_public_key: 00.. is no compressed sect163k1 point",
        ),
        (
            entry(1, certificate="00" * 48),
            "identity 1: certificate: 00.. is no compressed sect163k1 point",
        ),
        (
            entry(1, issuer="00"),
            (
                "identity 1: issuer: unknown key, "
                "expected suite, eui64, certificate, private_key, ca_public_key"
            ),
        ),
        (entry(1) + entry(1), "identity: 00-00-00-00-00-00-00-02 has suite 1 twice"),
        ("identity = 1", "identity: expected tables that start with [[identity]]"),
        ("[identity]\nsuite = 1", "identity: expected tables that start with [[identity]]"),
        ("authority = [1]", "authority: expected tables that start with [[authority]]"),
        ("identities = []", "identities: unknown key, expected identity, authority"),
        (
            table("authority", {"suite": 1, "issuer": "00" * 8, "private_key": "00" * 21}),
            "authority 1: private_key: is not between 1 and the order less 1",
        ),
        (
            table(
                "authority",
                {"suite": 1, "issuer": "00" * 8, "private_key": "00" * 20 + "01", "eui64": "00"},
            ),
            "authority 1: eui64: unknown key, expected suite, issuer, private_key",
        ),
        (
            table("authority", {"suite": 1, "private_key": "00" * 20 + "01"}),
            "authority 1: issuer: is missing, expected hexadecimal in quotes",
        ),
    ],
)
def test_what_is_wrong_is_said_exactly(text: str, problem: str) -> None:
    assert problems(text) == (f"lab.toml: {problem}",)


@pytest.mark.parametrize("text", ["[[identity", "suite = ", "a = " + "[" * 20_000])
def test_text_that_is_no_toml_is_refused(text: str) -> None:
    (problem,) = problems(text)

    assert re.fullmatch(r"lab\.toml(:1)?: no TOML: .+", problem)


def test_private_keys_are_never_shown() -> None:
    secret = VECTORS[0]["V"]["static_private"]

    (problem,) = problems(entry(1, private_key=secret))

    assert secret.upper() not in problem.upper()


def test_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "absent.toml"

    with pytest.raises(UsageError, match=r"absent\.toml: No such file"):
        load(path)


def test_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "binary.toml"
    path.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(UsageError, match=r"binary\.toml: no UTF-8 text"):
        load(path)
