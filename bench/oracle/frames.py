"""Labels for frames → files: stack traces drawn from real repositories, as a runtime prints them, and what each means.

It imports nothing of Backstory. A trace has one to eight frames of the layout's files and up to four of other people's
code. Half of the product frames are drawn from files whose name several files of the repository have, where there
are any; half of the foreign ones bear the name of such a file too. Lines and functions are those of the real file.
"""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench.oracle.layouts import Layout, Part
from bench.oracle.sources import Place, Source

SIZES = (1, 2, 3, 4, 5, 6, 7, 8)
WEIGHTS = (10, 14, 16, 16, 14, 12, 10, 8)
MOST_FOREIGN = 4


@dataclass(frozen=True)
class Truth:
    """What a printed frame means; without a source it is other people's code."""

    source: Source | None
    path: str | None


@dataclass(frozen=True)
class Drawn:
    """One trace: its text, and the truth of each frame, innermost first."""

    text: str
    truths: tuple[Truth, ...]


@dataclass(frozen=True)
class _Printed:
    filename: str
    place: Place
    function: str
    truth: Truth


def draw(source: Source, layout: Layout, count: int, rng: random.Random) -> Iterator[Drawn]:
    """Yield traces of a repository in a layout; none when the layout does not print such a repository."""
    for _ in range(count):
        parts = [part for part in layout(source, rng) if part.files]
        if parts:
            yield _trace(parts, rng)


def _trace(parts: list[Part], rng: random.Random) -> Drawn:
    size = max(rng.choices(SIZES, WEIGHTS)[0], len(parts))
    language = parts[0].source.language
    frames = [_product(parts[number % len(parts)], rng) for number in range(size)]
    for _ in range(rng.randint(0, MOST_FOREIGN)):
        frames.insert(rng.randint(0, len(frames)), _foreign(parts[0].source, rng))
    text = _RENDERED[language](frames)
    return Drawn(text, tuple(frame.truth for frame in frames))


def _product(part: Part, rng: random.Random) -> _Printed:
    source = part.source
    repeated = [path for path in part.files if path.rpartition("/")[2] in source.repeated]
    path = rng.choice(repeated if repeated and rng.random() < 0.5 else list(part.files))
    place = source.place(path, rng.random())
    return _Printed(part.printed(path), place, _function(source, place), Truth(source, path))


def _foreign(source: Source, rng: random.Random) -> _Printed:
    """Return a frame of code that is in no repository here, half of the time under a name that is."""
    pattern, function = rng.choice(_FOREIGN[source.language])
    repeated = sorted(name for name in source.repeated if name.endswith(_ENDING[source.language]))
    name = rng.choice(repeated) if repeated and rng.random() < 0.5 else f"session{_ENDING[source.language]}"
    place = Place("", rng.randint(1, 900), "return next(self)", "run")
    stem = name.partition(".")[0]
    return _Printed(pattern.format(name=name), place, function.format(stem=stem), Truth(None, None))


def _function(source: Source, place: Place) -> str:
    """Return the function as the language's runtime names it: with its class, package or crate where it does."""
    folder, _, name = place.path.rpartition("/")
    if source.language == "java":
        package = next((m[1] for line in source.text(place.path) if (m := re.match(r"package ([\w.]+)", line))), "")
        return ".".join(filter(None, (package, name.partition(".")[0], place.function)))
    if source.language == "go":
        module = source.packages[0].name
        return f"{'/'.join(filter(None, (module, folder)))}.{place.function}"
    if source.language == "rust":
        owners = [package for package in source.packages if place.path.startswith(package.folder)]
        owner = max(owners, key=lambda package: len(package.folder), default=None)
        crate = (owner.name if owner else source.name).replace("-", "_")
        return f"{crate}::{name.partition('.')[0]}::{place.function}"
    return place.function


def _python(frames: list[_Printed]) -> str:
    lines = ["Traceback (most recent call last):"]
    for each in reversed(frames):
        lines.append(f'  File "{each.filename}", line {each.place.line}, in {each.function}')
        lines.append(f"    {each.place.text}")
    return "\n".join([*lines, "ValueError: no such cart", ""])


def _javascript(frames: list[_Printed]) -> str:
    calls = [f"    at {each.function} ({each.filename}:{each.place.line}:7)" for each in frames]
    return "\n".join(["TypeError: Cannot read properties of undefined (reading 'id')", *calls, ""])


def _java(frames: list[_Printed]) -> str:
    calls = []
    for each in frames:
        before, name, after = each.filename.split("|")
        calls.append(f"\tat {before}{each.function}({name}:{each.place.line}){after}")
    return "\n".join(["java.lang.IllegalStateException: no cart", *calls, ""])


def _ruby(frames: list[_Printed]) -> str:
    first, *others = [f"{each.filename}:{each.place.line}:in '{each.function}'" for each in frames]
    return "\n".join([f"{first}: no such cart (ArgumentError)", *(f"\tfrom {each}" for each in others), ""])


def _rust(frames: list[_Printed]) -> str:
    lines = ["thread 'main' panicked at library/core/src/option.rs:12:5:", "no cart", "stack backtrace:"]
    for number, each in enumerate(frames):
        lines += [f"  {number:2}: {each.function}", f"             at {each.filename}:{each.place.line}:9"]
    return "\n".join([*lines, ""])


def _go(frames: list[_Printed]) -> str:
    lines = ["panic: no cart", "", "goroutine 1 [running]:"]
    for each in frames:
        lines += [f"{each.function}(0xc000012345)", f"\t{each.filename}:{each.place.line} +0x1d"]
    return "\n".join([*lines, ""])


_RENDERED: dict[str, Callable[[list[_Printed]], str]] = {
    "python": _python,
    "javascript": _javascript,
    "java": _java,
    "ruby": _ruby,
    "rust": _rust,
    "go": _go,
}
_ENDING = {"python": ".py", "javascript": ".js", "java": ".java", "ruby": ".rb", "rust": ".rs", "go": ".go"}
_FOREIGN: dict[str, tuple[tuple[str, str], ...]] = {
    "python": (
        ("/usr/local/lib/python3.12/site-packages/celery/app/{name}", "run"),
        ("/opt/venv/lib/python3.11/site-packages/requests/{name}", "send"),
        ("/usr/lib/python3/dist-packages/twisted/internet/{name}", "run"),
        ("/usr/local/lib/python3.12/concurrent/futures/{name}", "run"),
        ("/opt/newrelic/agent/lib/hooks/{name}", "wrapper"),
        ("<frozen importlib._bootstrap>", "_call_with_frames_removed"),
    ),
    "javascript": (
        ("/app/node_modules/express/lib/router/{name}", "next"),
        ("/usr/src/app/node_modules/.pnpm/koa@2.15.0/node_modules/koa/lib/{name}", "handle"),
        ("node:internal/process/{name}", "processTicksAndRejections"),
        ("webpack:///./node_modules/react-dom/cjs/{name}", "commitRoot"),
        ("/opt/nodejs/node_modules/@acme/tracing/dist/{name}", "wrap"),
    ),
    "java": (
        ("|{name}|", "org.springframework.web.servlet.{stem}.invoke"),
        ("|{name}|", "io.netty.channel.{stem}.run"),
        ("|{name}|", "com.acme.platform.{stem}.handle"),
        ("java.base/|{name}|", "java.util.concurrent.{stem}.run"),
    ),
    "ruby": (
        ("/usr/local/bundle/gems/activerecord-7.1.3/lib/active_record/{name}", "save"),
        ("/usr/local/lib/ruby/3.3.0/net/{name}", "connect"),
        ("/app/vendor/bundle/ruby/3.3.0/gems/sidekiq-7.2.0/lib/sidekiq/{name}", "process"),
        ("<internal:kernel>", "loop"),
    ),
    "rust": (
        ("/rustc/9fc6b43126469e3858e2fe86cafb4f0fd5068869/library/core/src/{name}", "core::{stem}::call_once"),
        ("/root/.cargo/registry/src/index.crates.io-6f17d22bba15001f/hyper-1.3.1/src/{name}", "hyper::{stem}::poll"),
        ("/home/ci/.cargo/git/checkouts/reqwest-1f2/9a8b7c6/src/{name}", "reqwest::{stem}::send"),
    ),
    "go": (
        ("/usr/local/go/src/net/http/{name}", "net/http.(*conn).serve"),
        ("/go/pkg/mod/github.com/spf13/cobra@v1.8.0/{name}", "github.com/spf13/cobra.(*Command).execute"),
        ("runtime/{name}", "runtime.main"),
        ("google.golang.org/grpc@v1.60.1/{name}", "google.golang.org/grpc.(*Server).handle"),
    ),
}
