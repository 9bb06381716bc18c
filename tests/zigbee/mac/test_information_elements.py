import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.errors import WireError
from emulator.zigbee.addresses import ExtendedPanId, NwkAddress
from emulator.zigbee.mac.frames import SuperframeSpecification
from emulator.zigbee.mac.information_elements import (
    EbFilter,
    EbPayloadIe,
    InformationElements,
    RejoinIe,
    TxPowerIe,
    take_elements,
)

FIGURE_D_1 = bytes.fromhex(
    "003f"  # header termination 1
    "0388 011e 01"  # MLME IE: EB filter, permit joining on
    "0690 1b194a 4100 1b"  # Zigbee payload IE: TX power 27 dBm
    "00f8"  # payload termination
    "07"  # beacon request
)

rejoins = st.builds(
    RejoinIe,
    st.integers(0, 2**64 - 1).map(ExtendedPanId),
    st.integers(0, 0xFFFF).map(NwkAddress),
)
beacons = st.builds(
    EbPayloadIe,
    st.binary(min_size=15, max_size=15),
    st.builds(
        SuperframeSpecification, pan_coordinator=st.booleans(), association_permit=st.booleans()
    ),
    st.integers(0, 0xFFFF).map(NwkAddress),
)
elements = st.builds(
    InformationElements,
    filter=st.none() | st.builds(EbFilter, st.booleans()),
    rejoin=st.none() | rejoins,
    tx_power=st.none() | st.builds(TxPowerIe, st.integers(-128, 127)),
    beacon=st.none() | beacons,
)


def test_request_of_figure_d_1_is_read_and_written() -> None:
    found, rest = take_elements(FIGURE_D_1)

    wanted = InformationElements(filter=EbFilter(True), tx_power=TxPowerIe(27))
    assert (found, rest) == (wanted, b"\x07")
    assert wanted.encode() + rest == FIGURE_D_1


@given(elements, st.binary(max_size=4))
def test_elements_come_back_with_what_follows_them(
    written: InformationElements, rest: bytes
) -> None:
    assert take_elements(written.encode() + rest) == (written, rest)


def test_elements_of_others_are_skipped() -> None:
    octets = bytes.fromhex(
        "003f"
        "0390 aabbcc"  # another vendor
        "0888 0280 1122 021e 0340"  # a long nested IE, then a filter with link quality
        "0690 1b194a c100 05"  # an IE 3 that Zigbee does not have yet
        "00f8"
    )

    found, _ = take_elements(octets)

    assert found == InformationElements(filter=EbFilter(True, True, link_quality=0x40))


@pytest.mark.parametrize(
    "text",
    ["", "00f8", "003f 0690 1b194a", "003f 0388 051e 01", "003f 0300 010203", "003f 01"],
)
def test_octets_that_are_no_elements_are_refused(text: str) -> None:
    with pytest.raises(WireError):
        take_elements(bytes.fromhex(text))


@given(st.binary(max_size=60))
def test_any_octets_are_elements_or_refused(octets: bytes) -> None:
    try:
        take_elements(b"\x00\x3f" + octets)
    except WireError:
        return
