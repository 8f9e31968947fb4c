import pytest
from editor import Editor


@pytest.fixture
def start():
    """Starts editors, each with a server of its own; a server that logged anything unexpected fails the test."""
    editors = []

    def start_one(**choices):
        editors.append(Editor(**choices))
        return editors[-1]

    yield start_one
    for editor in editors:
        editor.kill()


@pytest.fixture
def editor(start):
    """An editor whose server must end well and have nothing to complain of."""
    editor = start()
    yield editor
    assert editor.shut_down() == 0
    assert editor.errors == ""
