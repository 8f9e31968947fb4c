from pathlib import Path

import pytest
from attrs import fields

from backstory.lsp.configuration import Configuration
from backstory.lsp.settings import READERS, HoverDetail, Settings, settings_of


class Listener:
    """Stands where the server does and keeps what a person would be shown."""

    def __init__(self):
        self.told = []

    def tell_once(self, state):
        self.told.append(state.reason)


def test_every_setting_has_a_reader():
    assert list(READERS) == [field.name for field in fields(Settings)]


def test_what_a_client_sends_is_read():
    raw = {
        "hover": "compact",
        "showUnknown": True,
        "paused": True,
        "maximumFileMegabytes": 1,
        "disabledSources": ["entire"],
    }
    chosen = Settings(
        HoverDetail.COMPACT,
        show_unknown=True,
        paused=True,
        maximum_file_megabytes=1,
        disabled_sources=["entire"],
    )
    assert settings_of(raw) == (chosen, ())


@pytest.mark.parametrize("raw", [None, {}, {"hover": None, "fromTheFuture": 3}])
def test_what_is_not_sent_keeps_its_default(raw):
    assert settings_of(raw) == (Settings(), ())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("hover", "loud"),
        ("hover", 3),
        ("showUnknown", "yes"),
        ("paused", 1),
        ("maximumFileMegabytes", 0),
        ("maximumFileMegabytes", True),
        ("maximumFileMegabytes", "5"),
        ("disabledSources", "entire"),
        ("disabledSources", [3]),
    ],
)
def test_a_value_that_makes_no_sense_is_told_and_its_default_used(name, value):
    settings, [complaint] = settings_of({name: value})
    assert settings == Settings()
    assert complaint.sentence.startswith(f"The setting backstory.{name} should be ")


def test_one_wrong_value_leaves_the_others_in_force():
    settings, complaints = settings_of({"hover": "loud", "showUnknown": True})
    assert settings == Settings(show_unknown=True)
    assert len(complaints) == 1


def test_no_settings_at_all_are_told_as_well():
    assert settings_of("full")[1][0].sentence == "The setting backstory.* should be an object; its default is used."


def test_the_innermost_folder_decides():
    configuration, listener = Configuration(), Listener()
    configuration.take(listener, {"hover": "compact"})
    configuration.take(listener, {"hover": "off"}, Path("/w/outer"))
    configuration.take(listener, {"hover": "full"}, Path("/w/outer/inner"))
    chosen = {
        path: configuration.settings_for(Path(path)).hover.value
        for path in ("/w/a", "/w/outer/a", "/w/outer/inner/x/a")
    }
    assert chosen == {"/w/a": "compact", "/w/outer/a": "off", "/w/outer/inner/x/a": "full"}
    assert listener.told == []
