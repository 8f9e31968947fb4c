"""Whose code a frame is, by where an installer put it: `site-packages`, `node_modules`, gems, a module cache.

Sources: the layouts of pip, npm, pnpm, Bundler, Cargo, Go modules, Composer, Mix, pub; the runtimes' own stack traces.
"""

import re

from attrs import frozen

from backstory.model.stacktrace import Frame
from backstory.stacktraces.filenames import Filename, go_unescaped


@frozen
class Installed:
    """A file of a package that an installer put there, or of a runtime."""

    installer: str
    """`pip`, `npm`, `gem`, `cargo`, `go`, `composer`, `mix`, `pub`, `jar`, or `runtime`: the language brings it."""

    package: str
    inside: tuple[str, ...] = ()
    """The path in the package; with pip, below the folder of all packages."""

    @property
    def because(self) -> str:
        """Return the reason in words."""
        return f"It is part of {self.package}, which {_PUT[self.installer]}."


_PUT = {
    "pip": "pip installed",
    "npm": "npm installed",
    "gem": "RubyGems installed",
    "cargo": "Cargo fetched",
    "go": "Go's module cache holds",
    "composer": "Composer installed",
    "mix": "Mix fetched",
    "pub": "pub fetched",
    "jar": "comes as a jar",
    "runtime": "comes with the language",
}
_GEM = re.compile(r"^(?P<name>[\w-]+?)-(?:\d[\w.]*(?:-[\w-]+)?|[0-9a-f]{7,40})$")
_CRATE = re.compile(r"^(?P<name>[\w-]+?)-\d+\.\d[\w.+-]*$")
_CHECKOUT = re.compile(r"^(?P<name>[\w.-]+)-[0-9a-f]{3,16}$")
_RUNTIMES = tuple(
    (re.compile(pattern), name)
    for pattern, name in (
        (r"^(?:<frozen [\w.]+>|.*/(?:lib|lib64)/(?:python|pypy)\d[\d.]*/)", "Python"),
        (r"(?i)^.*/(?:lib/)?python\d+(?:-\d+)?/(?:lib|dlls)/", "Python"),
        (
            r"^(?:node:|internal/|native$|<anonymous>$|\[native code\]|(?:ext|deno|bun|checkin):)",
            "the JavaScript runtime",
        ),
        (r"^(?:<internal:|.*/lib/ruby/\d[\d.]*/|uri:classloader:|<truffleruby)", "Ruby"),
        (r"^.*(?:^|/)(?:go|go\d[\w.]*|libexec|toolchain@[\w.-]+)/src/(?!(?:[\w-]+\.)+[a-z]+/)", "Go"),
        (r"^(?:/rustc/[0-9a-f]{5,40}/|.*/lib/rustlib/src/|/?library/(?:core|std|alloc|proc_macro|test)/src/)", "Rust"),
        (
            r"^(?:\.\./sysdeps/|\./?(?:nptl|csu|malloc|sysdeps|stdlib|libio|string)/|/build/(?:glibc|gcc)-|/usr/include/)",
            "C",
        ),
        (r"^(?:dart:|org-dartlang-sdk:)", "Dart"),
        (r"^(?:/usr/(?:local/)?(?:share|lib|lib64)/(?:[\w-]+/)?perl5?/)", "Perl"),
        (r"^/_/src/(?:libraries|coreclr|Shared)/", ".NET"),
    )
)
_JVM = re.compile(
    r"^(?:(?P<runtime>java|javax|jdk|sun|com\.sun|kotlin|scala|groovy|clojure|android|dalvik|com\.android\.internal)"
    r"|kotlinx|androidx|akka|jakarta|io\.netty|reactor"
    r"|org\.(?:junit|springframework|apache\.(?:catalina|tomcat|coyote|maven)|hibernate|eclipse\.jetty|gradle))\."
)
_LOADER = re.compile(r"^(?:[\w .@()+-]{1,120}//)?(?:[\w.@-]{1,80}/)?")
_DOTNET = re.compile(r"^(?:System|Microsoft|MS|Mono|Windows|UnityEngine|UnityEditor)\.")
_OTP = frozenset({"stdlib", "kernel", "elixir", "eex", "ex_unit", "iex", "logger", "mix", "erts", "ssl", "compiler"})
_GO_STANDARD = frozenset(
    {
        *("archive", "bufio", "bytes", "cmp", "compress", "container", "context", "crypto", "database", "debug"),
        *("embed", "encoding", "errors", "expvar", "flag", "fmt", "go", "hash", "html", "image", "index", "internal"),
        *("io", "iter", "log", "maps", "math", "mime", "net", "os", "path", "plugin", "reflect", "regexp", "runtime"),
        *("slices", "sort", "strconv", "strings", "sync", "syscall", "testing", "text", "time", "unicode", "unsafe"),
    }
)


def installed(printed: str, filename: Filename, frame: Frame, dialect: str) -> Installed | None:
    """Return which package's or runtime's file it is; None where nothing says that it is one's."""
    spelled = printed.replace("\\", "/")
    return (
        _in_packages(filename.parts, dialect)
        or next((Installed("runtime", name) for pattern, name in _RUNTIMES if pattern.match(spelled)), None)
        or _by_names(frame, filename, dialect)
    )


def without_file(frame: Frame, dialect: str) -> Installed | None:
    """Return whose a frame is that names no file of its own."""
    return _by_names(frame, Filename(()), dialect)


def _in_packages(parts: tuple[str, ...], dialect: str) -> Installed | None:
    for index in range(len(parts) - 2, -1, -1):
        reader = _FOLDERS.get(parts[index])
        if reader and (found := reader(parts, index)):
            return found
        if "@v" in parts[index] and parts[-1].endswith((".go", ".s")):
            module = "/".join(map(go_unescaped, parts[_module_start(parts) : index + 1]))
            return Installed("go", module.rpartition("@")[0], parts[index + 1 :])
    if dialect == "dart" and parts and parts[0].startswith("package:"):
        return Installed("pub", parts[0].removeprefix("package:"), ("lib", *parts[1:]))
    return None


def _pip(parts: tuple[str, ...], index: int) -> Installed | None:
    inside = parts[index + 1 :]
    return Installed("pip", inside[0].removesuffix(".py"), inside)


def _npm(parts: tuple[str, ...], index: int) -> Installed | None:
    scoped = parts[index + 1].startswith("@") and len(parts) > index + 2
    end = index + (3 if scoped else 2)
    return Installed("npm", "/".join(parts[index + 1 : end]), parts[end:])


def _gem(parts: tuple[str, ...], index: int) -> Installed | None:
    found = _GEM.match(parts[index + 1])
    return Installed("gem", found["name"], parts[index + 2 :]) if found and len(parts) > index + 2 else None


def _registry(parts: tuple[str, ...], index: int) -> Installed | None:
    if parts[index + 1] != "src" or len(parts) < index + 5:
        return None
    found = _CRATE.match(parts[index + 3])
    return Installed("cargo", found["name"] if found else parts[index + 3], parts[index + 4 :])


def _checkouts(parts: tuple[str, ...], index: int) -> Installed | None:
    found = _CHECKOUT.match(parts[index + 1])
    return Installed("cargo", found["name"], parts[index + 3 :]) if found and len(parts) > index + 3 else None


def _vendor(parts: tuple[str, ...], index: int) -> Installed | None:
    if parts[-1].endswith((".php", ".inc")) and len(parts) > index + 3:
        return Installed("composer", "/".join(parts[index + 1 : index + 3]), parts[index + 3 :])
    if parts[-1].endswith(".go") and "." in parts[index + 1] and len(parts) > index + 2:
        return Installed("go", "/".join(parts[index + 1 : -1]), parts[-1:])
    return None


def _deps(parts: tuple[str, ...], index: int) -> Installed | None:
    if parts[-1].endswith((".ex", ".exs", ".erl")) and len(parts) > index + 3:
        return Installed("mix", parts[index + 1], parts[index + 2 :])
    return None


_FOLDERS = {
    "site-packages": _pip,
    "dist-packages": _pip,
    "node_modules": _npm,
    "gems": _gem,
    "registry": _registry,
    "checkouts": _checkouts,
    "vendor": _vendor,
    "deps": _deps,
}


def _module_start(parts: tuple[str, ...]) -> int:
    """Return where a module's path begins: behind `pkg/mod`."""
    for index in range(len(parts) - 1):
        if parts[index : index + 2] == ("pkg", "mod"):
            return index + 2
    return 0


def _by_names(frame: Frame, filename: Filename, dialect: str) -> Installed | None:
    """Return whose a frame is by its function's or module's name, where the language qualifies it."""
    function = frame.function or ""
    if frame.module and "." not in function:
        function = f"{frame.module}.{function}"
    application = (frame.module or "").partition(" ")[0]
    if dialect in {"java", "clojure"} and (found := _JVM.match(_LOADER.sub("", function))):
        return Installed("runtime" if found["runtime"] else "jar", found[0].rstrip("."))
    if dialect == "csharp" and (found := _DOTNET.match(function)):
        return Installed("runtime", found[0].rstrip("."))
    if dialect in {"elixir", "erlang"} and application in _OTP:
        return Installed("runtime", application)
    if dialect == "go" and not filename.is_absolute and re.split(r"[/.]", function)[0] in _GO_STANDARD:
        return Installed("runtime", "Go")
    return None
