"""Commands whose values a script chooses itself."""

from collections.abc import Mapping

from emulator.bench.cases.command_maker import example_values
from emulator.bench.running.scripts import Stage
from emulator.gbcs.commands.build import command_message
from emulator.gbcs.commands.heading import CommandHeading
from emulator.gbcs.envelope import Message


def valued(stage: Stage, values: Mapping[str, object]) -> Message:
    """The command of a case with these values, protected; others are examples of their kinds.

    Raises:
        UsageError: when a value is unknown or not of its kind.
    """
    talk, use_case = stage.talk, stage.case.use_case
    bare = talk.bare(stage.case)
    heading = CommandHeading(
        originator=bare.originator,
        recipient=bare.recipient,
        counter=bare.counter,
        issued=talk.home.lab.calendar.moment(talk.home.lab.scheduler.now),
    )
    given = {**example_values(use_case, talk.home.keys), **values}
    return talk.maker.protected(command_message(use_case, given, heading))
