import pytest

from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.message_protection import Protection
from emulator.kernel.errors import UsageError
from emulator.lab.messages.mmc_form import print_mmc
from emulator.testing.judges.reference_data import reference_keys, reference_messages
from emulator.testing.scenes.gbcs_scene import gbcs_scene

COMMAND = gbcs_scene().command.encode().hex()


def answer(name: str) -> str:
    octets = next(
        each.octets
        for each in reference_messages()
        if each.name.startswith(name) and Message.decode(each.octets).cra is Cra.RESPONSE
    )
    return octets.hex()


def test_an_answer_is_printed_as_xml(capsys: pytest.CaptureFixture[str]) -> None:
    print_mmc((answer("11.2_"),), "11.2")

    printed = capsys.readouterr().out
    assert printed.startswith("<ra:GBCSResponse")
    assert "<ra:ReadFirmwareVersionRsp" in printed


@pytest.mark.parametrize(
    ("words", "srv"),
    [((COMMAND,), "4.2"), ((COMMAND, COMMAND), "4.2"), (("00",), "4.2"), ((), "4.2")],
)
def test_what_is_no_answer_is_refused(words: tuple[str, ...], srv: str) -> None:
    with pytest.raises(UsageError):
        print_mmc(words, srv)


def test_a_variant_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UsageError):
        print_mmc((answer("11.2_"),), "99.9")


def test_an_alert_is_printed_whatever_the_variant(capsys: pytest.CaptureFixture[str]) -> None:
    alert = next(
        each.octets
        for each in reference_messages()
        if each.name.endswith("GCA-DLMS_NA_8F30_ALERT_GBCS")
    )

    print_mmc((alert.hex(),), "4.2")

    assert "<ra:GBCSHexAlertCode>8F30" in capsys.readouterr().out


def test_values_are_printed_to_who_has_the_key(capsys: pytest.CaptureFixture[str]) -> None:
    store = reference_keys()
    print_mmc(
        (answer("4.1.1_ECS17b/ECS17b_4.1.1_SINGLE_SUCCESS"),),
        "4.1.1",
        Protection(keys=store, agreement=StoredKeyAgreement(store)),
    )

    assert "<ra:Value>10<" in capsys.readouterr().out
