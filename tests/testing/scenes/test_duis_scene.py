from pathlib import Path

import pytest

from emulator.dcc.service_request import Endpoint, RequestId, ServiceRequest
from emulator.gbcs.pki import make_pki, organisation
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.testing.scenes.duis_scene import desk, duis_folder, read_registers, signed, signer

KEYS = make_pki(1, ()).keys
SUPPLIER = organisation(RemotePartyRole.SUPPLIER).eui64


def test_a_signed_request_is_one_that_the_desk_takes() -> None:
    request = read_registers(RequestId(SUPPLIER, SUPPLIER, 1))

    taken = desk(KEYS).take(signed(request, signer(KEYS, SUPPLIER)), Endpoint.SEND_COMMAND)

    assert isinstance(taken, ServiceRequest)


def test_without_templates_a_test_is_skipped(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HANLAB_SHARED", str(tmp_path))
    monkeypatch.delenv("HANLAB_REQUIRE_JUDGES", raising=False)

    with pytest.raises(pytest.skip.Exception):
        duis_folder()
