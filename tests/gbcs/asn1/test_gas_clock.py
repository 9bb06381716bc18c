from emulator.gbcs.asn1.codes import DeviceTimeStatus
from emulator.gbcs.asn1.gas_clock import SetTimeCommand, SetTimeResponse
from emulator.gbcs.asn1.payload import decode_asn1, encode_asn1
from emulator.gbcs.envelope import Cra


def test_time_is_set_within_an_interval() -> None:
    command = SetTimeCommand("20150101101000Z", "20150101102000Z")

    octets = encode_asn1(0x007F, Cra.COMMAND, command)

    assert octets == (
        b"\x30\x22"
        b"\x18\x0f20150101101000Z"  # start
        b"\x18\x0f20150101102000Z"  # end
    )
    assert decode_asn1(0x007F, Cra.COMMAND, octets) == command


def test_response_tells_how_far_the_clock_is_trusted() -> None:
    octets = b"\x30\x14\x18\x0f20150101000000Z\x02\x01\x02"

    response = decode_asn1(0x007F, Cra.RESPONSE, octets)

    assert response == SetTimeResponse("20150101000000Z", DeviceTimeStatus.UNRELIABLE)
