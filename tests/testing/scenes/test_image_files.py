import pytest

from emulator.gbcs.ota_image import OtaImage
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.kernel.errors import LocalError
from emulator.testing.scenes.image_files import MAKERS_IMAGE, NEW_VERSION, signed_image
from emulator.testing.scenes.remote_party_bench import STRANGER, bench_pki


def test_image_file_has_the_version_and_the_makers_image() -> None:
    keys = bench_pki().keys
    (supplier, *_) = keys.with_role(RemotePartyRole.SUPPLIER)

    file = OtaImage.decode(signed_image(keys, supplier).encode())

    assert file.header.file_version.to_bytes(4, "big") == NEW_VERSION
    assert file.image == MAKERS_IMAGE


def test_who_has_no_key_cannot_sign() -> None:
    unknown = type(STRANGER)(STRANGER + 1)

    with pytest.raises(LocalError, match="no key"):
        signed_image(bench_pki().keys, unknown)
