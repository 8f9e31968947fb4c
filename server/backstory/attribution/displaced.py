"""A line that was taken away in one place and stands in another now: found by the lines around it, or by itself."""

from collections import Counter
from collections.abc import Sequence

from backstory.attribution.respaced import respaced
from backstory.model.line_key import is_telling, is_weighty

LEAST_RUN = 3
"""Lines that a place must share with the old one, two of them with words, where the line alone does not decide."""

FARTHEST = 20
"""Lines around the line that are compared, each way."""

Place = tuple[int, int]
"""A strip's index, and a line's within it, 0-based."""


def displaced(taken: Sequence[str], index: int, strips: Sequence[Sequence[str]]) -> Place | None:
    """Return where among `strips` line `index` (0-based) of the lines taken away stands; None where nothing decides.

    The place with the most equal neighbours wins; between equal ones nothing decides. A line that stands only once on
    both sides, and says something, needs no neighbours.
    """
    here = [respaced(text) for text in taken]
    wanted = here[index]
    if not wanted:
        return None
    bare = [[respaced(text) for text in strip] for strip in strips]
    places = [(number, at) for number, strip in enumerate(bare) for at, text in enumerate(strip) if text == wanted]
    runs = {place: _run(here, index, bare[place[0]], place[1]) for place in places}
    if not runs:
        return None
    best = max(map(len, runs.values()))
    winners = [place for place, run in runs.items() if len(run) == best]
    if len(winners) != 1:
        return None
    is_alone = len(places) == 1 and Counter(here)[wanted] == 1 and is_weighty(wanted) and is_telling(wanted)
    is_held = best >= LEAST_RUN and sum(map(is_telling, runs[winners[0]])) >= 2
    return winners[0] if is_alone or is_held else None


def _run(here: Sequence[str], index: int, there: Sequence[str], at: int) -> Sequence[str]:
    """Return the equal lines around a line that both sides have."""
    up = down = 0
    while up < FARTHEST and min(index, at) > up and here[index - up - 1] == there[at - up - 1]:
        up += 1
    most = min(len(here) - index, len(there) - at, FARTHEST + 1) - 1
    while down < most and here[index + down + 1] == there[at + down + 1]:
        down += 1
    return here[index - up : index + down + 1]
