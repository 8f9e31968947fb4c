"""What doctor hears of the store: nothing where all is well, and no file is made by asking."""

from keeping import SHOP, asked

from backstory.model.state import StateCode
from backstory.store.facts import FACTS_FILE
from backstory.store.limits import store_limits


def test_a_store_that_nobody_made_yet_has_no_limits_and_is_not_made(state):
    assert store_limits() == ()
    assert not state.parent.exists()


def test_a_store_in_use_has_none(opened):
    opened.facts().of(SHOP).keep([asked("e1")])
    assert store_limits() == ()


def test_a_damaged_one_is_told_of_and_stays_as_it_is(state):
    state.mkdir(parents=True)
    (state / FACTS_FILE).write_bytes(b"This is no database. " * 1000)
    [limit] = store_limits()
    assert (limit.code, limit.command) == (StateCode.STORE_LIMITED, "backstory store export > facts.jsonl")
    assert (state / FACTS_FILE).read_bytes() == b"This is no database. " * 1000


def test_a_folder_that_cannot_be_made_is_told_of(state):
    state.parent.write_text("a file where the folder should be")
    [limit] = store_limits()
    assert limit.reason == f"{state.parent} cannot be written: nothing can be kept."
