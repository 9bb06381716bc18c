from pathlib import Path

from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.protection.key_files import load_keys
from emulator.testing.scenes.gbcs_scene import gbcs_scene
from emulator.testing.scenes.reference_set import (
    COMMAND,
    RESPONSE,
    reference_command,
    reference_response,
    write_reference_set,
)


def test_answer_belongs_to_the_command_and_is_signed() -> None:
    command, response = reference_command(), reference_response()

    assert (response.originator, response.recipient) == (command.recipient, command.originator)
    assert (response.cra, response.counter) == (Cra.RESPONSE, command.counter)
    gbcs_scene().protection.require(response)


def test_set_holds_messages_and_keys(tmp_path: Path) -> None:
    folder = write_reference_set(tmp_path)

    texts = [(folder / "messages" / name).read_text() for name in (COMMAND, RESPONSE)]
    held = [Message.decode(bytes.fromhex(text)) for text in texts]
    assert held == [reference_command(), reference_response()]
    assert load_keys(folder / "keystore").keys.knows(reference_command().recipient)
