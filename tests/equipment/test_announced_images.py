import pytest

from emulator.equipment.announced_images import announced_image
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.kernel.errors import WireError
from emulator.smart_energy.ota.primitives import ImageIdentity
from emulator.testing.scenes.image_files import signed_image
from emulator.testing.scenes.remote_party_bench import RemotePartyBench, bench_pki


def test_hub_announces_what_the_header_says_and_hands_on_the_whole_file() -> None:
    supplier = RemotePartyBench().party(RemotePartyRole.SUPPLIER)
    octets = signed_image(bench_pki().keys, supplier).encode()

    announced = announced_image(octets)

    assert announced.identity == ImageIdentity(0x10C7, 0)
    assert (announced.version, announced.octets) == (0x0123ABCE, octets)


def test_octets_that_are_no_image_are_not_announced() -> None:
    with pytest.raises(WireError):
        announced_image(b"firmware")
