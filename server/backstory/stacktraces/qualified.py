"""What a function's qualified name says of its file: that of `shop.cart.Total.run` stands in `shop/cart/`."""

import re

from backstory.model.stacktrace import Frame

_LOADER = re.compile(r"^(?:[\w .@()+-]{1,120}//)?(?:[\w.@-]{1,80}/)?")
_LANGUAGES = {
    **dict.fromkeys((".java", ".kt", ".kts", ".scala", ".sc", ".groovy", ".aj", ".xtend"), "java"),
    **dict.fromkeys((".clj", ".cljc", ".cljs"), "clojure"),
    **dict.fromkeys((".ex", ".exs", ".eex", ".heex"), "elixir"),
    ".rs": "rust",
    ".go": "go",
    ".cs": "csharp",
    ".erl": "erlang",
    ".dart": "dart",
}
_FIRST_NAME = re.compile(r"[A-Za-z_][\w-]*")


def spoken_language(frame: Frame, dialect: str) -> str:
    """Return the dialect of the language in which a frame's names are spelled: records hold frames of any."""
    filename = frame.filename or ""
    return _LANGUAGES.get(filename[filename.rfind(".") :], dialect)


def package_folders(frame: Frame) -> tuple[str, ...]:
    """Return the folders that the package of a Java virtual machine's frame stands for; none where it names none.

    The function is `app//shop.cart.Total$Inner.run`, or, as error trackers record it, the module is the class.
    """
    filename = frame.filename or ""
    if "/" in filename or spoken_language(frame, "") not in {"java", "clojure"}:
        return ()
    if frame.module and "." not in (frame.function or ""):
        return tuple(frame.module.split(".")[:-1])
    function, proxy, _ = (frame.function or "").partition("$$Lambda")
    names = _LOADER.sub("", function).split("(")[0].split(".")
    return tuple(names[:-1] if proxy else names[:-2])


def unit_names(frame: Frame, dialect: str) -> frozenset[str]:
    """Return how the crate, application or project may be called that a function belongs to, as `folded` spells it."""
    function = (frame.function or "").lstrip("<&")
    if dialect == "rust" and "::" in function and (found := _FIRST_NAME.match(function)):
        return frozenset({folded(found[0])})
    if dialect in {"elixir", "erlang"} and frame.module:
        return frozenset({folded(frame.module.split(" ")[0])})
    if dialect == "csharp":
        names = function.split("(")[0].split(".")[:-2]
        return frozenset(folded(".".join(names[:count])) for count in range(1, len(names) + 1))
    return frozenset()


def folded(name: str) -> str:
    """Return a name as it compares: `shop-core`, `shop_core` and `Shop.Core` are one."""
    return re.sub(r"[^a-z0-9]", "", name.lower())
