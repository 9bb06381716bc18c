import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from emulator.gbcs.pki import certificate_pem, make_pki, organisation, private_key_pem
from emulator.gbcs.protection.key_store import Credential, KeyUse
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.lab.serving.client_keys import read_client_keys

NOW = datetime(2026, 1, 5, tzinfo=UTC)
SUPPLIER = organisation(RemotePartyRole.SUPPLIER).eui64
OWN = [each for each in make_pki(1, ()).credentials if each.eui64 == SUPPLIER]


def entry(credential: Credential, *, private: bool = True) -> dict[str, object]:
    assert credential.certificate is not None
    assert credential.private_key is not None
    prepayment = credential.use is KeyUse.PREPAYMENT_KEY_AGREEMENT
    made: dict[str, object] = {
        "certificate": certificate_pem(credential.certificate).decode(),
        "name": "supplierPP-ka" if prepayment else f"supplier-{credential.use.value}",
        "role": 2,
    }
    if private:
        made["privateKey"] = private_key_pem(credential.private_key).decode()
    return made


def written(path: Path, entries: list[object]) -> Path:
    file = path / "keystore.json"
    file.write_text(json.dumps({"eui64": {"use": dict(enumerate(entries))}}))
    return file


def test_the_keys_of_a_supplier_are_found(tmp_path: Path) -> None:
    keys = read_client_keys(written(tmp_path, [entry(each) for each in OWN]))

    found = keys.supplier(NOW)

    assert {each.use for each in found} == set(KeyUse)
    assert {each.eui64 for each in found} == {SUPPLIER}
    assert len(keys.signers) == len(keys.certificates) == len(OWN)


def test_what_cannot_be_read_is_left_out_and_told(tmp_path: Path) -> None:
    strange: list[object] = [{"certificate": "x"}, 7, {}]
    keys = read_client_keys(written(tmp_path, [entry(OWN[0]), *strange]))

    assert len(keys.entries) == 1
    assert len(keys.notes) == 3


def test_certificates_that_are_not_valid_do_not_count(tmp_path: Path) -> None:
    keys = read_client_keys(written(tmp_path, [entry(each) for each in OWN]))

    with pytest.raises(UsageError, match="--start"):
        keys.supplier(datetime(2000, 1, 1, tzinfo=UTC))


def test_a_supplier_without_private_keys_is_none(tmp_path: Path) -> None:
    keys = read_client_keys(written(tmp_path, [entry(each, private=False) for each in OWN]))

    with pytest.raises(UsageError, match="private"):
        keys.supplier(NOW)


@pytest.mark.parametrize("text", ["", "[", "7", "{}", '{"a": {"b": {"c": 7}}}'])
def test_what_is_no_key_store_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "keys.json").write_text(text)

    with pytest.raises(UsageError):
        read_client_keys(tmp_path / "keys.json")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault):
        read_client_keys(tmp_path / "none.json")
