"""A small reference set of our own: a command to a meter, its answer, and everybody's keys."""

from dataclasses import replace
from pathlib import Path

from emulator.dlms.access import AccessRequest, AccessResponse, Outcome
from emulator.dlms.data import NULL
from emulator.dlms.descriptors import AccessKind
from emulator.gbcs.envelope import Cra, Message
from emulator.testing.scenes.gbcs_scene import gbcs_scene

PAIR = "1.5_ECS04b/ECS04b_1.5_SUCCESS"
COMMAND = f"{PAIR}_COMMAND_GBCS.HEX"
RESPONSE = f"{PAIR}_RESPONSE_GBCS.HEX"


def reference_command() -> Message:
    """The command of GBCS 18.4 to a meter, which sets three balances to zero."""
    return gbcs_scene().command


def reference_response() -> Message:
    """The answer to it, signed by the meter."""
    scene = gbcs_scene()
    command = scene.command
    request = AccessRequest.decode(command.payload)
    items = len(request.descriptors)
    outcomes = tuple(Outcome(AccessKind.ACTION, 0) for _ in range(items))
    payload = AccessResponse(request.invoke_id, (NULL,) * items, outcomes)
    bare = replace(
        command,
        cra=Cra.RESPONSE,
        originator=command.recipient,
        recipient=command.originator,
        payload=payload.encode(),
    )
    return scene.protection.protect(bare, signed=True, maced=False)


def write_reference_set(folder: Path, response: Message | None = None) -> Path:
    """The folder, with the pair and the keys in it.

    Args:
        folder: where.
        response: another answer than the right one.
    """
    answer = response or reference_response()
    for name, message in ((COMMAND, reference_command()), (RESPONSE, answer)):
        path = folder / "messages" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(message.encode().hex())
    gbcs_scene().write_keys(folder / "keystore")
    return folder
