import json
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.crypto.accelerator import default_backend
from emulator.crypto.binary_curve import Point
from emulator.crypto.cbke import (
    Agreement,
    EphemeralKeyPair,
    Identity,
    Suite,
    agree,
    decode_certificate,
    derive,
    ephemeral,
    key_pair,
    mac_u,
    mac_v,
    reconstruct_public_key,
    shared_secret,
)
from emulator.crypto.scalar_multiplication import PurePython, ScalarBackend
from emulator.kernel.errors import PeerError, SecurityError, WireError
from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream

FOLDER = Path(__file__).parents[1] / "vectors"
SUITES: dict[Suite, dict[str, Any]] = {
    Suite(vector["suite"]): vector
    for vector in json.loads((FOLDER / "cbke.json").read_text(encoding="utf-8"))["suites"]
}
SAMPLES = tomllib.loads((FOLDER / "certificates.toml").read_text(encoding="utf-8"))["certificate"]

both_suites = pytest.mark.parametrize("suite", list(Suite))
both_backends = pytest.mark.parametrize(
    "backend", [PurePython(), None], ids=["plain Python", "default"]
)


def octets(suite: Suite, name: str) -> bytes:
    return bytes.fromhex(SUITES[suite][name])


def identity(suite: Suite, party: str) -> Identity:
    vector = SUITES[suite][party]
    return Identity(
        suite=suite,
        certificate=bytes.fromhex(vector["certificate"]),
        private_key=int(vector["static_private"], 16),
        ca_public_key=octets(suite, "ca_public_key"),
        eui64=Eui64(int(vector["eui64"], 16)),
    )


def one_time(suite: Suite, party: str) -> EphemeralKeyPair:
    vector = SUITES[suite][party]
    return EphemeralKeyPair(
        int(vector["ephemeral_private"], 16), bytes.fromhex(vector["ephemeral_public"])
    )


def agreed_by_u(suite: Suite, certificate: bytes, public: bytes) -> Agreement:
    return agree(identity(suite, "U"), one_time(suite, "U"), certificate, public, initiator=True)


@both_suites
@both_backends
@pytest.mark.parametrize("party", ["U", "V"])
def test_certificate_stands_for_the_published_key(
    suite: Suite, party: str, backend: ScalarBackend | None
) -> None:
    own = identity(suite, party)

    key = reconstruct_public_key(suite, own.certificate, own.ca_public_key, backend)

    assert suite.curve.compress(key).hex().upper() == SUITES[suite][party]["static_public"]
    assert key_pair(suite, own.private_key, backend).public == suite.curve.compress(key)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: str(sample["source"]))
def test_vendors_sample_certificates_stand_for_their_keys(sample: dict[str, Any]) -> None:
    suite = Suite(sample["suite"])
    certificate = bytes.fromhex(sample["certificate"])

    key = reconstruct_public_key(suite, certificate, octets(suite, "ca_public_key"))

    if "private" in sample:
        expected = key_pair(suite, int(sample["private"], 16)).public
    else:
        expected = bytes.fromhex(sample["public"])
    assert suite.curve.compress(key) == expected


@both_suites
@both_backends
@pytest.mark.parametrize("party", ["U", "V"])
def test_ephemeral_private_key_gives_the_published_key(
    suite: Suite, party: str, backend: ScalarBackend | None
) -> None:
    published = one_time(suite, party)

    assert key_pair(suite, published.private, backend) == published


def test_one_published_ephemeral_key_is_above_the_order() -> None:
    published = one_time(Suite.SECT283K1, "V")

    assert published.private > Suite.SECT283K1.curve.order


@both_suites
@both_backends
def test_both_parties_come_to_the_published_secret(
    suite: Suite, backend: ScalarBackend | None
) -> None:
    curve = suite.curve
    for own, peer in (("U", "V"), ("V", "U")):
        vector = SUITES[suite][peer]
        peer_public = curve.decompress(bytes.fromhex(vector["static_public"]))
        peer_ephemeral = curve.decompress(bytes.fromhex(vector["ephemeral_public"]))

        secret = shared_secret(
            identity(suite, own), one_time(suite, own), peer_public, peer_ephemeral, backend
        )

        assert secret == octets(suite, "Z")


@both_suites
def test_keys_derived_are_the_published_ones(suite: Suite) -> None:
    keys = derive(octets(suite, "Z"))

    assert keys.mac_key == octets(suite, "mac_key")
    assert keys.link_key == octets(suite, "key_data")


@both_suites
def test_confirmations_are_the_published_ones(suite: Suite) -> None:
    u, v = identity(suite, "U"), identity(suite, "V")
    parties = (u.eui64, v.eui64, one_time(suite, "U").public, one_time(suite, "V").public)

    assert mac_u(octets(suite, "mac_key"), *parties) == octets(suite, "MACU")
    assert mac_v(octets(suite, "mac_key"), *parties) == octets(suite, "MACV")


@both_suites
@both_backends
def test_both_parties_agree_on_everything_published(
    suite: Suite, backend: ScalarBackend | None
) -> None:
    u, v = identity(suite, "U"), identity(suite, "V")
    once_u, once_v = one_time(suite, "U"), one_time(suite, "V")
    expected = Agreement(*(octets(suite, name) for name in ("key_data", "MACU", "MACV")))

    by_u = agree(u, once_u, v.certificate, once_v.public, initiator=True, backend=backend)
    by_v = agree(v, once_v, u.certificate, once_u.public, initiator=False, backend=backend)

    assert by_u == by_v == expected


@both_suites
def test_both_as_initiator_do_not_confirm_each_other(suite: Suite) -> None:
    u, v = identity(suite, "U"), identity(suite, "V")

    wrong = agree(
        v, one_time(suite, "V"), u.certificate, one_time(suite, "U").public, initiator=True
    )

    assert wrong.link_key == octets(suite, "key_data")
    assert wrong.mac_u != octets(suite, "MACU")
    assert wrong.mac_v != octets(suite, "MACV")


@both_suites
def test_drawn_ephemeral_keys_agree(suite: Suite) -> None:
    u, v = identity(suite, "U"), identity(suite, "V")
    stream = Stream("test")
    once_u, once_v = ephemeral(suite, stream), ephemeral(suite, stream)

    by_u = agree(u, once_u, v.certificate, once_v.public, initiator=True)
    by_v = agree(v, once_v, u.certificate, once_u.public, initiator=False)

    assert by_u == by_v
    assert once_u != once_v
    assert 0 < once_u.private < suite.curve.order
    assert once_u == key_pair(suite, once_u.private)


class LowestDraw(Stream):
    """Draws the lowest number it may."""

    def integer(self, low: int, high: int) -> int:  # noqa: ARG002 - the signature is the stream's
        return low


class HighestDraw(Stream):
    """Draws the highest number it may."""

    def integer(self, low: int, high: int) -> int:  # noqa: ARG002 - the signature is the stream's
        return high


@both_suites
def test_ephemeral_keys_are_drawn_from_1_to_the_order_less_1(suite: Suite) -> None:
    lowest, highest = ephemeral(suite, LowestDraw("")), ephemeral(suite, HighestDraw(""))

    assert lowest.private == 1
    assert highest.private == suite.curve.order - 1


@both_suites
def test_equal_streams_draw_equal_keys(suite: Suite) -> None:
    assert ephemeral(suite, Stream("same")) == ephemeral(suite, Stream("same"))
    assert ephemeral(suite, Stream("same")) != ephemeral(suite, Stream("other"))


@both_suites
@given(data=st.data())
@settings(max_examples=40)
def test_any_changed_bit_of_the_certificate_is_noticed(suite: Suite, data: st.DataObject) -> None:
    certificate = bytearray(identity(suite, "V").certificate)
    bit = data.draw(st.integers(0, 8 * len(certificate) - 1))
    certificate[bit // 8] ^= 1 << bit % 8

    try:
        agreement = agreed_by_u(suite, bytes(certificate), one_time(suite, "V").public)
    except PeerError:
        return

    assert agreement.link_key != octets(suite, "key_data")
    assert agreement.mac_u != octets(suite, "MACU")
    assert agreement.mac_v != octets(suite, "MACV")


@both_suites
@given(data=st.data())
@settings(max_examples=40)
def test_any_changed_bit_of_the_ephemeral_key_is_noticed(suite: Suite, data: st.DataObject) -> None:
    public = bytearray(one_time(suite, "V").public)
    bit = data.draw(st.integers(0, 8 * len(public) - 1))
    public[bit // 8] ^= 1 << bit % 8

    try:
        agreement = agreed_by_u(suite, identity(suite, "V").certificate, bytes(public))
    except PeerError:
        return

    assert agreement.mac_v != octets(suite, "MACV")


@both_suites
@given(certificate=st.binary(max_size=80), public=st.binary(max_size=40))
def test_any_octets_agree_or_are_refused(suite: Suite, certificate: bytes, public: bytes) -> None:
    with pytest.raises(PeerError):
        agreed_by_u(suite, certificate, public)


@both_suites
def test_certificate_of_another_length_is_no_certificate(suite: Suite) -> None:
    certificate = identity(suite, "V").certificate

    for wrong in (certificate[:-1], certificate + b"\x00", b""):
        with pytest.raises(WireError):
            decode_certificate(suite, wrong)
        with pytest.raises(WireError):
            agreed_by_u(suite, wrong, one_time(suite, "V").public)


@pytest.mark.parametrize(("offset", "shown"), [(0, "0x01"), (9, "0x0c"), (10, "0x09")])
def test_suite_2_certificate_for_something_else_is_refused(offset: int, shown: str) -> None:
    certificate = bytearray(identity(Suite.SECT283K1, "V").certificate)
    certificate[offset] ^= 1

    with pytest.raises(SecurityError, match=f"{shown}.*, expected 0x00, 0x0d, 0x08"):
        decode_certificate(Suite.SECT283K1, bytes(certificate))


@both_suites
def test_certificate_that_stands_for_infinity_is_refused(suite: Suite) -> None:
    class Nothing(PurePython):
        def multiply_sum(self, *_: object) -> Point | None:
            return None

    own = identity(suite, "U")

    with pytest.raises(SecurityError, match="stands for the point at infinity"):
        reconstruct_public_key(suite, own.certificate, own.ca_public_key, Nothing())


@both_suites
def test_secret_at_infinity_is_refused(suite: Suite) -> None:
    curve = suite.curve
    own = replace(identity(suite, "U"), private_key=0)
    nothing = EphemeralKeyPair(0, one_time(suite, "U").public)

    with pytest.raises(SecurityError, match="shared secret is the point at infinity"):
        shared_secret(own, nothing, curve.generator, curve.generator)


@both_suites
def test_private_key_that_is_a_multiple_of_the_order_has_no_public_key(suite: Suite) -> None:
    for private in (0, suite.curve.order):
        with pytest.raises(SecurityError, match="multiple of the order"):
            key_pair(suite, private)


@pytest.mark.parametrize(
    ("suite", "curve", "certificate", "point", "secret"),
    [
        (Suite.SECT163K1, "sect163k1", 48, 22, 21),
        (Suite.SECT283K1, "sect283k1", 74, 37, 36),
    ],
)
def test_sizes_are_those_of_the_suite(
    suite: Suite, curve: str, certificate: int, point: int, secret: int
) -> None:
    assert suite.curve.name == curve
    assert suite.certificate_length == certificate
    assert suite.point_length == point
    assert suite.secret_length == secret


def test_suites_are_the_bits_of_the_attribute() -> None:
    assert [suite.value for suite in Suite] == [1, 2]


def test_backend_makes_no_difference() -> None:
    stream = Stream("backends")
    private = stream.integer(1, Suite.SECT283K1.curve.order - 1)

    assert key_pair(Suite.SECT283K1, private, PurePython()) == key_pair(
        Suite.SECT283K1, private, default_backend()
    )
