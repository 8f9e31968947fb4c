"""What happens to a line between a build and today: commits, and edits that nobody saved."""

from triage.line_identity import Change, Files, Line, named, new

SHOP = """\
import os
import sys


def load(path):
    if not path:
        raise ValueError("no path is given")
    with open(path) as file:
        data = file.read()
    return data


def save(path, data):
    if not path:
        raise ValueError("no path is given")
    with open(path, "w") as file:
        file.write(data)
    return path


class Cart:
    def __init__(self, items):
        self.items = items
        self.total = sum(item.price for item in items)

    def checkout(self, account):
        if account.balance<self.total:
            raise PaymentError("balance is too low")
        account.charge( self.total )
        return Receipt(self.items,self.total)
"""

OTHER = """\
def unrelated(number):
    square = number * number
    return square
"""

ASKED = (1, 5, 7, 8, 9, 10, 13, 15, 17, 18, 21, 24, 27, 28, 29, 30)
"""Lines of SHOP that say something; some of them stand there twice."""

LOAD = range(5, 11)
SAVE = range(13, 19)
CART = range(21, 31)

BUILD: Files = {"shop.py": named("shop.py", SHOP), "other.py": named("other.py", OTHER)}


def nothing(files: Files) -> Files:
    return files


def lines_above(files: Files) -> Files:
    return _in_shop(files, lambda lines: (*new("# Copyright", "# Licence", ""), *lines))


def lines_between(files: Files) -> Files:
    """A docstring is written in each function, one import goes."""
    return _in_shop(files, lambda lines: tuple(each for line in lines for each in _documented(line)))


def renamed(files: Files) -> Files:
    return _renamed(files, "src/cart/shop.py")


def renamed_and_edited(files: Files) -> Files:
    return _renamed(lines_between(lines_above(files)), "store.py")


def name_reused(files: Files) -> Files:
    """The file gets another name, and its old name a file that only refers to the new one."""
    return {**_renamed(files, "src/shop.py"), "shop.py": new("from src.shop import Cart, load, save", "", "__all__")}


def function_to_new_file(files: Files) -> Files:
    return _to_file(files, SAVE, "storage.py")


def function_to_other_file(files: Files) -> Files:
    return _to_file(files, CART, "other.py")


def functions_swapped(files: Files) -> Files:
    def swapped(lines: tuple[Line, ...]) -> tuple[Line, ...]:
        load, save = _among(lines, LOAD), _among(lines, SAVE)
        rest = [line for line in lines if line not in (*load, *save)]
        at = next(index for index, line in enumerate(rest) if line.name == "shop.py:3") + 1
        return (*rest[:at], *save, *new("", ""), *load, *rest[at:])

    return _in_shop(files, swapped)


def indented(files: Files) -> Files:
    def shifted(lines: tuple[Line, ...]) -> tuple[Line, ...]:
        inside = set(_among(lines, CART))
        return tuple(line.with_text("    " + line.text) if line in inside else line for line in lines)

    return _in_shop(files, shifted)


def formatted(files: Files) -> Files:
    """Blanks are set otherwise, as formatters do."""
    return _in_shop(files, lambda lines: tuple(line.with_text(_formatted(line.text)) for line in lines))


def function_deleted(files: Files) -> Files:
    return _in_shop(files, lambda lines: tuple(line for line in lines if line not in _among(lines, LOAD)))


def line_changed(files: Files) -> Files:
    def changed(line: Line) -> Line:
        return Line("", line.text.replace("low", "small")) if line.name == "shop.py:28" else line

    return _in_shop(files, lambda lines: tuple(map(changed, lines)))


def file_deleted(files: Files) -> Files:
    return {path: lines for path, lines in files.items() if _shop(files) != path}


COMMITTED: dict[str, tuple[Change, ...]] = {
    "nothing": (),
    "lines above": (lines_above,),
    "lines between": (lines_between,),
    "renamed": (renamed,),
    "renamed and edited at once": (renamed_and_edited,),
    "renamed twice": (renamed, lines_above, renamed_and_edited),
    "old name reused": (name_reused,),
    "to a new file": (function_to_new_file,),
    "to another file": (function_to_other_file,),
    "functions swapped": (functions_swapped,),
    "indented": (indented,),
    "formatted": (formatted,),
    "function deleted": (function_deleted,),
    "line changed": (line_changed,),
    "file deleted": (file_deleted,),
    "all at once, one by one": (lines_above, renamed, formatted, function_to_other_file, lines_between, indented),
    "deleted after a rename": (renamed, lines_above, function_deleted),
    "changed after a format": (formatted, lines_above, line_changed),
}

UNSAVED: dict[str, Change] = {
    "nothing": nothing,
    "lines above": lines_above,
    "lines between": lines_between,
    "functions swapped": functions_swapped,
    "indented": indented,
    "formatted": formatted,
    "function deleted": function_deleted,
    "line changed": line_changed,
}


def _shop(files: Files) -> str | None:
    """Return the file that holds most of what was the shop."""
    held = {path: sum(line.name.startswith("shop.py") for line in lines) for path, lines in files.items()}
    path = max(held, key=lambda path: held[path])
    return path if held[path] else None


def _in_shop(files: Files, change: "Change | object") -> Files:
    path = _shop(files)
    return {**files, path: change(files[path])} if path else files


def _among(lines: tuple[Line, ...], numbers: range) -> tuple[Line, ...]:
    names = {f"shop.py:{number}" for number in numbers}
    return tuple(line for line in lines if line.name in names)


def _renamed(files: Files, path: str) -> Files:
    before = _shop(files)
    return {path if name == before else name: lines for name, lines in files.items()}


def _to_file(files: Files, numbers: range, path: str) -> Files:
    shop = _shop(files)
    moved = _among(files[shop], numbers) if shop else ()
    stays = _in_shop(files, lambda lines: tuple(line for line in lines if line not in moved))
    return {**stays, path: (*stays.get(path, ()), *new("", ""), *moved)}


def _documented(line: Line) -> tuple[Line, ...]:
    if line.name == "shop.py:2":
        return ()
    if line.text.strip().startswith("def "):
        return (line, *new(f'        """Tell what {line.text.split()[1]} does."""'))
    return (line,)


def _formatted(text: str) -> str:
    return text.replace("<self", " < self").replace("( self.total )", "(self.total)").replace(",self", ", self")
