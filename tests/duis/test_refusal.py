from emulator.duis.refusal import DuisCodes


def test_codes_that_no_source_tells_are_not_proven() -> None:
    codes = DuisCodes()

    assert not codes.proven(codes.signature)
    assert codes.proven("E19")
