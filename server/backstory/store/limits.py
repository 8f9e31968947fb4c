"""What keeps the store from remembering on this machine, told without making it."""

import os
from contextlib import closing

from backstory.model.state import State, StateCode
from backstory.store.facts import have_facts, open_facts
from backstory.store.folders import state_folder


def store_limits() -> tuple[State, ...]:
    """Return what limits the store; nothing where all is well. Makes no file where there is none."""
    folder = state_folder()
    if folder is None or have_facts():
        with closing(open_facts()) as facts:
            return facts.states
    existing = next(each for each in (folder, *folder.parents) if each.exists())
    if existing.is_dir() and os.access(existing, os.W_OK | os.X_OK):
        return ()
    return (State(StateCode.STORE_LIMITED, f"{existing} cannot be written: nothing can be kept."),)
