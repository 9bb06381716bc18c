import pytest

from emulator.gbcs.commands.parameter_names import chooses, value_name, value_written


def test_names_differ_by_capital_letters_or_by_more() -> None:
    holes = frozenset(("supplier_name", "join_timeout"))

    assert value_name("SupplierName", holes) == "supplier_name"
    assert value_name("JoinTimePeriod", holes) == "join_timeout"
    assert value_name("UTRN", holes) is None


def test_the_role_chooses_where_the_command_does_not_ask_for_roles() -> None:
    assert chooses("RemotePartyRole", frozenset(("floor",)))
    assert not chooses("RemotePartyRole", frozenset(("roles",)))
    assert chooses("LogToRead", frozenset())
    assert not chooses("UTRN", frozenset())


def test_values_are_written_as_commands_write_them() -> None:
    assert value_written("RemotePartyRole", "NetworkOperator") == ["NETWORK_OPERATOR"]
    assert value_written("RemotePartyRole", ["Supplier"]) == ["SUPPLIER"]
    assert value_written("Certificate", b"\x30\x00") == [b"\x30\x00"]
    assert value_written("CredentialType", "Digital Signature") == "DIGITAL_SIGNATURE"
    assert value_written("ApplyTimeBasedCPVChecks", "false") == "DISAPPLY"
    assert value_written("MaxDemandActivePowerExportValue", "") is True
    assert value_written("Periodicity", "Quarterly") == 3
    assert value_written("Periodicity", "Daily") == "Daily"
    assert value_written("StartTime", "17:00:00.00Z") == "17:00:00"
    assert value_written("UTRN", "1") == "1"


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("Event", "EVENT"),
        ("Security", "SECURITY"),
        ("GSMEEvent", "GSME_EVENT"),
        ("GSMESecurity", "GSME_SECURITY"),
    ],
)
def test_log_to_read_is_a_value_of_commands_for_gas(asked: str, written: str) -> None:
    # DUIS 5.4, SRV 6.13; use-case annex of GBCS, CS10a and CS10b
    assert value_written("LogToRead", asked) == written
    assert not chooses("LogToRead", frozenset({"log"}))
    assert chooses("LogToRead", frozenset())
