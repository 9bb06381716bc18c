import shutil
import subprocess
from pathlib import Path

import pytest

from emulator.gbcs.pki import DEFAULT_ORGANISATIONS, make_pki
from emulator.gbcs.protection.key_store import KeyUse
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64
from emulator.testing.judges.judges import require

METER = Eui64(0x00DB1234567890A0)
DISPLAY = Eui64(0x00DB1234567890A4)


def test_equal_seeds_give_equal_octets() -> None:
    assert make_pki(7, (METER,)).files() == make_pki(7, (METER,)).files()


def test_other_seeds_give_other_keys() -> None:
    assert make_pki(7, (METER,)).files().items().isdisjoint(make_pki(8, (METER,)).files().items())


def test_device_has_the_same_certificates_whoever_else_is_there() -> None:
    alone = make_pki(7, (METER,)).files()

    together = make_pki(7, (DISPLAY, METER), DEFAULT_ORGANISATIONS[:1]).files()

    name = "00db1234567890a0-ds.pem"
    assert alone[name] == together[name]


def test_every_role_of_gbcs_has_its_keys() -> None:
    keys = make_pki(7, ()).keys

    held = {each.role: each.uses for each in DEFAULT_ORGANISATIONS}
    assert held[RemotePartyRole.SUPPLIER] == tuple(KeyUse)
    assert all(
        keys.find(each.eui64, use) is not None
        for each in DEFAULT_ORGANISATIONS
        for use in each.uses
    )


def test_device_that_is_there_twice_is_refused() -> None:
    with pytest.raises(UsageError, match="00-DB-12-34-56-78-90-A0 is in the PKI twice"):
        make_pki(7, (METER, METER))


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("device", "00db1234567890a0-ds"),
        ("device", "00db1234567890a0-ka"),
        ("organisation", "0248414e4f524702-pp-ka"),
        ("organisation", "0248414e4f524701-ds"),
    ],
)
def test_openssl_follows_the_path(tmp_path: Path, kind: str, name: str) -> None:
    openssl = shutil.which("openssl")
    require("openssl", openssl is not None, "apt-get install openssl")
    for file, octets in make_pki(7, (METER,)).files().items():
        (tmp_path / file).write_bytes(octets)

    judged = subprocess.run(
        [
            openssl or "",
            "verify",
            "-x509_strict",
            "-CAfile",
            f"{kind}-root.pem",
            "-untrusted",
            f"{kind}-issuing.pem",
            f"{name}.pem",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert judged.stdout == f"{name}.pem: OK\n", judged.stderr
