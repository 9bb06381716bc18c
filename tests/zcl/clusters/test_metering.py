import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.errors import WireError
from emulator.testing.strategies.strategies import any_octets, structs
from emulator.wire.struct import Struct
from emulator.zcl.clusters.metering import (
    ConfigureMirror,
    GetNotifiedMessage,
    MirrorRemoved,
    MirrorReportAttributeResponse,
    RequestMirrorResponse,
)

STRUCTS = (
    RequestMirrorResponse,
    MirrorRemoved,
    MirrorReportAttributeResponse,
    ConfigureMirror,
    GetNotifiedMessage,
)


def test_mirror_is_configured_for_half_hours_and_scheme_b() -> None:
    data = bytes.fromhex(
        "00112233"  # issuer event
        "080700"  # 1800 s
        "01 02"  # notifications in answer to reports, scheme B
    )

    configured = ConfigureMirror.decode(data)

    assert (configured.reporting_interval, configured.notification_scheme) == (1800, 2)
    assert configured.encode() == data


def test_answer_to_a_report_has_five_words_of_flags_in_scheme_b() -> None:
    response = MirrorReportAttributeResponse(2, (1 << 21, 0, 0, 0, 0))

    assert response.encode() == bytes.fromhex("02 00002000") + bytes(16)


@pytest.mark.parametrize("payload", STRUCTS)
@given(data=st.data())
def test_payload_survives_the_wire(payload: type[Struct], data: st.DataObject) -> None:
    value = data.draw(structs(payload))

    assert payload.decode(value.encode()) == value


@pytest.mark.parametrize("payload", STRUCTS)
@given(octets=any_octets(100))
def test_any_octets_are_a_payload_or_a_wire_error(payload: type[Struct], octets: bytes) -> None:
    try:
        value = payload.decode(octets)
    except WireError:
        return

    assert payload.decode(value.encode()) == value
