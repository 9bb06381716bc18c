import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.dlms.access import AccessRequest, AccessResponse, AccessResult, Outcome
from emulator.dlms.data import NULL, Data, long_unsigned
from emulator.dlms.descriptors import AccessKind, Descriptor
from emulator.dlms.invocation import invoke_id
from emulator.kernel.errors import LocalError, WireError
from emulator.testing.strategies.dlms_values import data_values, descriptors

LOG = bytes.fromhex("00 00 1E 03 00 FF")
SET_TIMEOUT = bytes.fromhex(
    "D9 200003EA 00"  # access-request, break on error, counter 1002, no date-time
    "01"  # one descriptor
    "02 0068 00001E0300FF 03"  # set class 104, 0-0:30.3.0.255, attribute 3
    "01"  # one value
    "12 005A"  # long-unsigned 90
)
FAILED = bytes.fromhex(
    "DA 200003EA 00 00"  # access-response, no date-time, request not repeated
    "02 00 00"  # two values, both null
    "02"  # two outcomes
    "02 01"  # set: hardware-fault
    "03 FA"  # action: other-reason
)


def test_a_request_says_what_to_do_with_what() -> None:
    request = AccessRequest.decode(SET_TIMEOUT)

    assert request == AccessRequest(
        invoke_id(1002), (Descriptor(AccessKind.SET, 104, LOG, 3),), (long_unsigned(90),)
    )
    assert request.encode() == SET_TIMEOUT


def test_a_response_says_what_came_of_each_item() -> None:
    response = AccessResponse.decode(FAILED)

    assert response.outcomes == (
        Outcome(AccessKind.SET, AccessResult.HARDWARE_FAULT),
        Outcome(AccessKind.ACTION, AccessResult.OTHER_REASON),
    )
    assert response.encode() == FAILED


@given(st.lists(st.tuples(descriptors(), data_values()), max_size=5))
def test_every_request_comes_back(items: list[tuple[Descriptor, Data]]) -> None:
    request = AccessRequest(
        invoke_id(7), tuple(each for each, _ in items), tuple(data for _, data in items)
    )

    assert AccessRequest.decode(request.encode()) == request


@given(
    st.lists(st.tuples(st.sampled_from((1, 2, 3)), st.integers(0, 255), data_values()), max_size=5),
    st.none() | st.lists(descriptors(), max_size=3).map(tuple),
)
def test_every_response_comes_back(
    items: list[tuple[int, int, Data]], repeated: tuple[Descriptor, ...] | None
) -> None:
    response = AccessResponse(
        invoke_id(7),
        tuple(data for _, _, data in items),
        tuple(Outcome(AccessKind(kind), result) for kind, result, _ in items),
        bytes(12),
        repeated,
    )

    assert AccessResponse.decode(response.encode()) == response


@given(st.sampled_from((SET_TIMEOUT, FAILED)), st.integers(0, 40), st.binary(max_size=4))
def test_changed_octets_are_a_value_or_a_wire_error(octets: bytes, at: int, change: bytes) -> None:
    changed = octets[:at] + change + octets[at + len(change) :]

    for service in (AccessRequest, AccessResponse):
        try:
            value = service.decode(changed)
        except WireError as error:
            assert error.path.startswith(service.__name__)  # noqa: PT017 - either outcome is right
        else:
            assert value.encode() == changed


@pytest.mark.parametrize(
    ("octets", "path"),
    [
        ("D9 00000000 00 00 01 00", "AccessRequest.data"),  # a value without a descriptor
        ("D9 00000000 00 01 07", "AccessRequest.descriptors[0].descriptor"),
        ("D9 00000000 00 01 01 0008 0000010000FF 02 01 FE", "AccessRequest.data[0].data"),
        ("D9 00000000 00 00 00 AA", "AccessRequest"),
        ("DA 00000000 00 02", "AccessResponse.request"),
        ("DA 00000000 00 00 00 01", "AccessResponse.outcomes"),
        ("DA 00000000 00 00 00 01 04 00", "AccessResponse.outcomes"),
        ("DA 00000000 00 00 00 01 01 00", "AccessResponse.outcomes"),
    ],
)
def test_an_error_names_the_field(octets: str, path: str) -> None:
    service = AccessRequest if octets.startswith("D9") else AccessResponse

    with pytest.raises(WireError) as caught:
        service.decode(bytes.fromhex(octets))

    assert caught.value.path == path


def test_values_that_do_not_match_their_items_are_refused() -> None:
    outcome = Outcome(AccessKind.GET_WITH_SELECTION, 0)
    for wrong in (
        AccessRequest(0, (), (NULL,)),
        AccessResponse(0, (NULL,), ()),
        AccessResponse(0, (NULL,), (outcome,)),
    ):
        with pytest.raises(LocalError):
            wrong.encode()
