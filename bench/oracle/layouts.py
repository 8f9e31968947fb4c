r"""How builds, containers and tools print the files of a repository: where `src/cart.ts` is `webpack://web/./src/cart.ts`.

It imports nothing of Backstory: each layout was written down from what the tool prints, before there was an engine to
judge. A layout gives, for a drawing of a repository, *parts*: files that are printed under one root. What it cannot
print of a repository (a Java layout of a Ruby one) it declines.
"""

import posixpath
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench.oracle.sources import Package, Source

Print = Callable[[str], str]
HEX = "0123456789abcdef"


@dataclass(frozen=True)
class Part:
    """Files and how they are printed."""

    source: Source
    files: Sequence[str]
    printed: Print


Layout = Callable[[Source, random.Random], "list[Part]"]


def layouts() -> dict[str, Layout]:
    """Return every layout under its name."""
    return {**_WHOLE, **_PACKAGED, **_OF_LANGUAGES}


def _whole(pattern: str) -> Layout:
    """Return the layout that prints the whole repository below a folder; `{r}` is its name."""

    def parts(source: Source, _: random.Random) -> list[Part]:
        root = pattern.replace("{r}", source.name)
        backslashes = "\\" in root
        return [
            Part(source, source.files, lambda path: root + (path.replace("/", "\\") if backslashes else path)),
        ]

    return parts


def _package(pattern: str) -> Layout:
    """Return the layout that prints one package of the repository below a folder; `{p}` is the package's name."""

    def parts(source: Source, rng: random.Random) -> list[Part]:
        package = _drawn(source, rng)
        return [_below(source, package, pattern.replace("{p}", _plain(package.name)))] if package else []

    return parts


def _two_packages(first: str, second: str) -> Layout:
    """Return the layout that prints two packages, each below a folder of its own."""

    def parts(source: Source, rng: random.Random) -> list[Part]:
        below_top = [package for package in source.packages if package.folder]
        if len(below_top) < 2:
            return []
        one, other = rng.sample(below_top, 2)
        return [_below(source, one, first), _below(source, other, second)]

    return parts


def _drawn(source: Source, rng: random.Random) -> Package | None:
    """Return a package that is not the whole repository, the larger ones more often."""
    choices = [package for package in source.packages if package.folder]
    return rng.choices(choices, [len(package.files) for package in choices])[0] if choices else None


def _below(source: Source, package: Package, root: str) -> Part:
    return Part(source, package.files, lambda path: root + _inside(package, path))


def _inside(package: Package, path: str) -> str:
    return path.removeprefix(package.folder).lstrip("/")


def _plain(name: str) -> str:
    return name.rpartition("/")[2]


def _relative(source: Source, rng: random.Random) -> list[Part]:
    """Print files as seen from a package in which the program was started, some of them beside it: `../shared/x.ts`."""
    package = _drawn(source, rng)
    if not package or source.language == "java":
        return []
    files = [*package.files, *rng.sample(source.files, min(len(source.files), len(package.files) // 4))]
    return [Part(source, files, lambda path: posixpath.relpath(path, package.folder))]


def _bazel(source: Source, rng: random.Random) -> list[Part]:
    digest = "".join(rng.choices(HEX, k=32))
    built = f"/home/ci/.cache/bazel/_bazel_ci/{digest}/execroot/_main/bazel-out/k8-fastbuild/bin/"
    root = built + rng.choice(["", "services/all.runfiles/_main/"])
    return [Part(source, source.files, lambda path: root + path)]


def _nix(source: Source, rng: random.Random) -> list[Part]:
    digest = "".join(rng.choices("0123456789abcdfghijklmnpqrsvwxyz", k=32))
    root = f"/nix/store/{digest}-{source.name}-1.4.2/lib/{source.name}/"
    return [Part(source, source.files, lambda path: root + path)]


def _site_packages(root: str) -> Layout:
    """Return the layout of the project's own wheel: its top package where pip puts it."""

    def parts(source: Source, _: random.Random) -> list[Part]:
        top = source.name
        files = [path for path in source.files if re.match(rf"(?:src/)?{re.escape(top)}/", path)]
        return [Part(source, files, lambda path: root + path.removeprefix("src/"))] if files else []

    return _only("python", parts)


def _only(language: str, layout: Layout) -> Layout:
    return lambda source, rng: layout(source, rng) if source.language == language else []


def _webpack(pattern: str) -> Layout:
    """Return the layout of a bundle of one package; `*` is the file, `{p}` the package."""

    def parts(source: Source, rng: random.Random) -> list[Part]:
        package = _drawn(source, rng)
        if not package:
            return []
        before, _, after = pattern.replace("{p}", _plain(package.name)).partition("*")
        return [Part(source, package.files, lambda path: before + _inside(package, path) + after)]

    return _only("javascript", parts)


def _gem(source: Source, rng: random.Random) -> list[Part]:
    """Print a gem of the project as Bundler installs it."""
    package = _drawn(source, rng)
    if not package:
        return []
    root = rng.choice(["/usr/local/bundle/gems/", "/app/vendor/bundle/ruby/3.3.0/gems/"])
    return [_below(source, package, f"{root}{package.name}-5.1.0/")]


def _pnpm(pattern: str) -> Layout:
    """Return the layout of a workspace's package in node_modules: `{n}` is its name, `{f}` the name as a folder."""

    def parts(source: Source, rng: random.Random) -> list[Part]:
        choices = [package for package in source.packages if re.match(r"(?:packages|libs|apps)/", package.folder)]
        if not choices:
            return []
        package = rng.choices(choices, [len(each.files) for each in choices])[0]
        named = pattern.replace("{n}", package.name).replace("{f}", package.name.replace("/", "+"))
        return [_below(source, package, named)]

    return _only("javascript", parts)


def _go(pattern: str) -> Layout:
    """Return the layout of one Go module; `{m}` is its name."""

    def parts(source: Source, _: random.Random) -> list[Part]:
        return [
            Part(source, package.files, lambda path, p=package: pattern.replace("{m}", p.name) + _inside(p, path))
            for package in source.packages[:1]
        ]

    return _only("go", parts)


def _java(before: str, after: str) -> Layout:
    """Return the layout of Java, with the file's name only; around it stands the class loader's and the jar's."""

    def parts(source: Source, _: random.Random) -> list[Part]:
        return [Part(source, source.files, lambda path: f"{before}|{path.rpartition('/')[2]}|{after}")]

    return _only("java", parts)


def _not_java(layout: Layout) -> Layout:
    return lambda source, rng: [] if source.language == "java" else layout(source, rng)


_WHOLE: dict[str, Layout] = {
    name: _not_java(_whole(pattern))
    for name, pattern in {
        "checkout": "/home/dev/src/{r}/",
        "container /app": "/app/",
        "container /usr/src/app": "/usr/src/app/",
        "Lambda": "/var/task/",
        "devcontainer": "/workspaces/{r}/",
        "GitHub Actions": "/opt/actions-runner/_work/{r}/{r}/",
        "GitLab CI": "/builds/platform/{r}/",
        "macOS": "/Users/ada/Code/{r}-main/",
        "buildpack": "/workspace/",
        "release folders": "/srv/www/{r}/releases/20261104120000/",
        "Windows": "C:\\agent\\_work\\12\\s\\",
        "UNC": "\\\\buildserver\\drops\\{r}\\",
        "WSL": "/mnt/c/Users/ada/source/{r}/",
        "WSL from Windows": "\\\\wsl.localhost\\Ubuntu\\home\\ada\\{r}\\",
        "from the top": "",
        "from the top, dotted": "./",
    }.items()
}

_PACKAGED: dict[str, Layout] = {
    "package in /app": _not_java(_package("/app/")),
    "package in /srv": _not_java(_package("/srv/{p}/")),
    "package in Lambda": _not_java(_package("/var/task/")),
    "two roots": _not_java(_two_packages("/app/web/", "/opt/worker/")),
    "two roots, nested": _not_java(_two_packages("/usr/src/app/", "/usr/src/app/lib/shared/")),
    "started in a package": _relative,
    "Bazel": _not_java(_bazel),
    "Nix": _not_java(_nix),
}

_OF_LANGUAGES: dict[str, Layout] = {
    "own wheel": _site_packages("/usr/local/lib/python3.12/site-packages/"),
    "own wheel in a venv": _site_packages("/opt/venv/lib/python3.11/site-packages/"),
    "own wheel on Windows": _site_packages("C:/Python312/Lib/site-packages/"),
    "own wheel under Nix": _site_packages(
        "/nix/store/9zq1c0ykz4c8s7w3c5kq6bm0dp2yvf5h-python3-env/lib/python3.12/site-packages/"
    ),
    "own gem": _only("ruby", _gem),
    "webpack": _webpack("webpack://{p}/./*"),
    "webpack, old": _webpack("webpack:///./*?a1f3"),
    "webpack-internal": _webpack("webpack-internal:///./*"),
    "Vite": _webpack("http://localhost:5173/*?t=1731600000000"),
    "Electron": _webpack("/opt/Shop/resources/app.asar/*"),
    "app URL": _webpack("app:///*"),
    "file URL": _webpack("file:///opt/service/current/*"),
    "workspace link": _pnpm("/app/node_modules/{n}/"),
    "pnpm": _pnpm("/app/node_modules/.pnpm/{f}@file+packages+all/node_modules/{n}/"),
    "Go -trimpath": _go("{m}/"),
    "Go path": _go("/go/src/{m}/"),
    "Go module cache": _go("/go/pkg/mod/{m}@v1.4.2/"),
    "Java": _java("", ""),
    "Java, named modules": _java("app//", ""),
    "Java, logback": _java("", " ~[service-1.4.2.jar!/:1.4.2]"),
}
