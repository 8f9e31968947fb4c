"""Where lines stand in recorded edits as they do here, in a time that grows with what there is."""

import time

from carrying import edit
from hypothesis import given
from hypothesis import strategies as st

from backstory.attribution.runs import find_runs
from backstory.model.keyed_edit import Strip
from backstory.model.line_key import line_key

LINES = st.lists(
    st.sampled_from(["", "}", "return None", "total = charge(order)", "raise PaymentError(7)"]), min_size=1
)


def strip(texts):
    return Strip("pay.py", 1, tuple(texts))


@given(LINES, LINES)
def test_a_run_is_as_long_as_can_be_and_holds_a_line_that_leads(here, there):
    runs = list(find_runs([strip(here)], [edit("a1", there)]))
    keys, others = [line_key(text) for text in here], [line_key(text) for text in there]
    for run in runs:
        ends = run.start + run.length, run.block_start + run.length
        assert keys[run.start : ends[0]] == others[run.block_start : ends[1]]
        assert run.weighty
        if run.start and run.block_start:
            assert keys[run.start - 1] != others[run.block_start - 1]
        if ends[0] < len(keys) and ends[1] < len(others):
            assert keys[ends[0]] != others[ends[1]]
    places = [(run.start, run.block_start, run.length) for run in runs]
    assert len(set(places)) == len(places)


def test_the_same_line_over_and_over_is_not_followed_everywhere():
    repeated = ["    raise PaymentError(7)", "    total = charge(order)"] * 2_000
    began = time.process_time()
    list(find_runs([strip(repeated)], [edit("a1", repeated), edit("a2", repeated)]))
    assert time.process_time() - began < 5
