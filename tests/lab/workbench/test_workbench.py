from collections.abc import Iterator

import pytest

from emulator.lab.workbench.guard import Guard, own_hosts
from emulator.lab.workbench.workbench import Workbench
from tests.lab.workbench.asked import asked
from tests.lab.workbench.homes import OwnLoop, watched_home


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guard]:
    workbench = Workbench(OwnLoop(), watched_home(), tmp_path_factory.mktemp("runs"))
    yield workbench.application(own_hosts("127.0.0.1", 8080))
    workbench.close()


@pytest.mark.parametrize(
    ("path", "status", "media"),
    [
        ("/", 200, "text/html"),
        ("/assets/workbench.css", 200, "text/css"),
        ("/assets/workbench.js", 200, "text/javascript"),
        ("/assets/nothing.js", 404, "text/plain"),
        ("/nothing", 404, "text/plain"),
    ],
)
def test_pages_and_what_they_need_are_served(
    application: Guard, path: str, status: int, media: str
) -> None:
    answer = asked(application, path)

    assert answer.status_code == status
    assert answer.headers["content-type"].startswith(media)
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_pages_are_guarded(application: Guard) -> None:
    assert asked(application, "/", headers={"host": "evil.example"}).status_code == 403
