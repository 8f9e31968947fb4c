from pathlib import Path

import pytest

from rewrites.classes import REWRITES
from rewrites.judge import KINDS, Tally, judge
from rewrites.project import Project

SEEDS = (1, 6)


@pytest.mark.parametrize("name", REWRITES)
def test_a_rewrite_keeps_origins_and_shows_nobody_elses(name: str, tmp_path: Path) -> None:
    tally = Tally()
    for seed in SEEDS:
        tally.add(judge(name, seed, tmp_path / str(seed)))
    assert tally.foreign == []
    assert tally.claimed == []
    assert tally.unproven == []
    assert tally.share("plain") >= 0.98, tally.lost
    assert tally.agents["plain"] > 50


def test_histories_are_hard_enough(tmp_path: Path) -> None:
    """At least 15 % of the lines are blank, brackets or one word, at least 5 % stand in the repository twice."""
    lines = judge("squash", 2, tmp_path).lines
    assert lines["trivial"] >= 0.15 * lines.total()
    assert lines["repeated"] >= 0.05 * lines.total()
    assert set(lines) == set(KINDS)


def test_a_truth_that_git_does_not_share_is_refused(tmp_path: Path) -> None:
    project = Project(tmp_path, seed=3)
    REWRITES["squash"](project)
    project.tree["shop/pay.py"].pop()
    with pytest.raises(RuntimeError, match="not what it should be"):
        project.check()
