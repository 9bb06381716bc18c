from emulator.lab.interactive.session import Session


def test_session_knows_every_message_of_the_home(session: Session) -> None:
    titles = [each.title for each in session.messages()]

    assert "Command of ECS70 Set Clock on ESME" in titles
