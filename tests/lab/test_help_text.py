from emulator.lab.help_text import help_text


def test_prose_is_left_to_be_filled_and_examples_keep_their_lines() -> None:
    docstring = """One line.

    Prose over
    two lines.

    Examples:
      hanlab doctor
    """

    assert help_text(docstring) == (
        "One line.\n\nProse over\ntwo lines.\n\n\b\nExamples:\n  hanlab doctor"
    )


def test_command_without_a_docstring_has_no_help() -> None:
    assert help_text(None) == ""
