"""Putting the hooks where git looks for them, and taking them away: the only files that recording writes."""

from collections.abc import Iterator
from enum import Enum, auto

from attrs import frozen

from backstory.recording.hook_place import HookPlace, HookRefusedError
from backstory.recording.hook_script import BEFORE, HOOKS, LOG, WANTED, Hook, is_ours

_LARGEST_HOOK = 1 << 20
_EXECUTABLE = 0o755
_WITH_PROMPTS = "--with-prompts"


class _Owner(Enum):
    NOBODY = auto()
    BACKSTORY = auto()
    SOMEBODY = auto()


@frozen
class Plan:
    """What installing does."""

    place: HookPlace
    python: str
    with_prompts: bool
    kept: tuple[str, ...]
    """Hooks that are there already and go on being run."""

    is_done: bool
    """Whether everything is as it is to be."""


def plan_install(place: HookPlace, python: str, *, with_prompts: bool) -> Plan:
    """Return what installing does. Raises: HookRefusedError."""
    kept = tuple(hook.name for hook in HOOKS if _owner(place, hook) is _Owner.SOMEBODY)
    for name in kept:
        if (place.folder / (name + BEFORE)).exists():
            raise HookRefusedError(
                f"{place.folder / name} is not Backstory's any more, and {name + BEFORE} is there still: "
                "somebody replaced the hook. Put together what you need of both, and delete the second."
            )
    is_done = not kept and all(_read(place, hook.name) == hook.text(python).encode() for hook in HOOKS)
    is_done = is_done and _wish(place) == _options(with_prompts=with_prompts)
    return Plan(place, python, with_prompts, kept, is_done)


def install(plan: Plan) -> None:
    """Do what the plan says. Raises: OSError."""
    folder = plan.place.folder
    folder.mkdir(parents=True, exist_ok=True)
    for hook in HOOKS:
        path = folder / hook.name
        if hook.name in plan.kept:
            path.rename(folder / (hook.name + BEFORE))
        # Written beside and moved: git never sees half a hook.
        new = folder / f"{hook.name}.new-backstory"
        new.write_bytes(hook.text(plan.python).encode())
        new.chmod(_EXECUTABLE)
        new.replace(path)
    plan.place.wanted.mkdir(exist_ok=True)
    (plan.place.wanted / WANTED).write_bytes(_options(with_prompts=plan.with_prompts))


def uninstall(place: HookPlace) -> Iterator[str]:
    """Take away what was installed, yielding in words what was done; hooks of others stay or come back.

    Raises: OSError.
    """
    for name in (WANTED, LOG):
        (place.wanted / name).unlink(missing_ok=True)
    if place.wanted.is_dir() and not any(place.wanted.iterdir()):
        place.wanted.rmdir()
    for hook in HOOKS:
        path, before = place.folder / hook.name, place.folder / (hook.name + BEFORE)
        owner = _owner(place, hook)
        if place.is_shared and owner is _Owner.BACKSTORY:
            yield f"{path} stays, because other repositories use it; it does nothing here any more."
        elif owner is _Owner.BACKSTORY and before.exists():
            before.replace(path)
            yield f"{path} is what it was before."
        elif owner is _Owner.BACKSTORY:
            path.unlink()
            yield f"{path} is gone."
        elif owner is _Owner.SOMEBODY:
            yield f"{path} is not Backstory's and stays as it is."


def _owner(place: HookPlace, hook: Hook) -> _Owner:
    text = _read(place, hook.name)
    if text is None:
        return _Owner.NOBODY
    return _Owner.BACKSTORY if is_ours(text) else _Owner.SOMEBODY


def _read(place: HookPlace, name: str) -> bytes | None:
    path = place.folder / name
    try:
        with path.open("rb") as stream:
            return stream.read(_LARGEST_HOOK)
    except OSError:
        return b"" if path.is_symlink() or path.exists() else None


def _wish(place: HookPlace) -> bytes | None:
    try:
        return (place.wanted / WANTED).read_bytes()
    except OSError:
        return None


def _options(*, with_prompts: bool) -> bytes:
    return f"{_WITH_PROMPTS}\n".encode() if with_prompts else b""
