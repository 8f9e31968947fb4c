"""One measured number beside what it may be, and the table of them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """A value, its floor measured in the same run, and the most it may be: a ratio when there is a floor."""

    name: str
    value: float
    target: float | None
    floor: float | None = None
    unit: str = ""

    @property
    def judged(self) -> float:
        """What is held to the target: the ratio to the floor, or the value itself."""
        return self.value if self.floor is None else self.value / self.floor

    @property
    def met(self) -> bool:
        """Whether it is as good as it must be."""
        return self.target is None or self.judged <= self.target


def conclude(results: list[Result]) -> int:
    """Print the table; 1 when a target is missed."""
    print(f"{'':58}{'floor':>13}{'value':>13}{'ratio':>9}{'target':>9}")
    for result in results:
        floor = "" if result.floor is None else f"{result.floor:,.2f} {result.unit}"
        ratio = "" if result.floor is None else f"{result.judged:.2f}"
        value = f"{result.value:,.2f} {result.unit}" if result.floor is not None else f"{result.value:,g} {result.unit}"
        target = "" if result.target is None else f"{result.target:g}"
        verdict = "" if result.met else "  missed"
        print(f"{result.name:58}{floor:>13}{value:>13}{ratio:>9}{target:>9}{verdict}")
    return 0 if all(result.met for result in results) else 1
