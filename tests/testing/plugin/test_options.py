"""What a test chooses of its laboratory."""

import pytest

pytest_plugins = ["pytester"]

SHIPMENT = """\
device_type,eui64,install_code,manufacturer,model,firmware,mpxn
ESME,00-DB-12-34-56-78-90-A0,83FED3407A939723A5C639B26916D505C3B5,,,,
"""
TWO = "def test_seed(lab): assert lab.options.seed == {seed}"


@pytest.mark.parametrize(
    ("words", "written", "seed"),
    [((), "", 1), ((), "hanlab_seed = 5", 5), (("--hanlab-seed=7",), "hanlab_seed = 5", 7)],
)
def test_the_seed_is_that_of_the_command_line_before_the_configuration(
    pytester: pytest.Pytester, words: tuple[str, ...], written: str, seed: int
) -> None:
    pytester.makeini(f"[pytest]\n{written}\n")
    pytester.makepyfile(TWO.format(seed=seed))

    pytester.runpytest_inprocess(*words).assert_outcomes(passed=1)


def test_a_marker_is_nearer_than_both(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("import pytest\n@pytest.mark.lab(seed=9)\n" + TWO.format(seed=9))

    pytester.runpytest_inprocess("--hanlab-seed=7").assert_outcomes(passed=1)


def test_shipments_lie_beside_what_names_them(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\nhanlab_shipment = home.csv\n")
    (pytester.path / "home.csv").write_text(SHIPMENT)
    pytester.makepyfile("def test_home(lab): assert lab.kinds() == ('CHF', 'ESME')")

    pytester.runpytest_inprocess().assert_outcomes(passed=1)


def test_settings_are_those_of_the_command_line_of_hanlab(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import pytest

        @pytest.mark.lab(settings="joiner.retry=30 s")
        def test_settings(lab): assert lab.options.overrides.texts == {"joiner.retry": "30 s"}
        """
    )

    pytester.runpytest_inprocess().assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("marker", "told"),
    [
        ("lab(colour='red')", "*marker lab: colour: expected shipment, seed*"),
        ("lab('home.csv')", "*marker lab: 'home.csv': expected shipment*"),
        ("lab(seed='many')", "*seed 'many': expected a number*"),
        ("lab(shipment='none.csv')", "*none.csv*"),
        ("lab(settings='joiner.retry=soon')", "*joiner.retry=soon*"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    pytester: pytest.Pytester, marker: str, told: str
) -> None:
    pytester.makepyfile(f"import pytest\n@pytest.mark.{marker}\ndef test_it(lab): pass")

    done = pytester.runpytest_inprocess()

    done.assert_outcomes(errors=1)
    done.stdout.fnmatch_lines([told])
    done.stdout.no_fnmatch_line("*Traceback*")
