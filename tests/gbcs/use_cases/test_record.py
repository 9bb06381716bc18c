from emulator.gbcs.use_cases.record import Category, Evidence, UseCase


def test_a_use_case_is_told_by_number_and_title() -> None:
    use_case = UseCase(
        code=1, name="X1", title="Do it", category=Category.ZSE, evidence=Evidence.NAME
    )

    assert str(use_case) == "X1 Do it"


def test_an_alert_without_a_number_is_told_by_its_title() -> None:
    use_case = UseCase(
        code=1, name=None, title="Alert", category=Category.SME_A_C, evidence=Evidence.NAME
    )

    assert str(use_case) == "Alert"
