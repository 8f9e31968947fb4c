import contextlib


def price(name):
    return {}[name]  # @1.1 price


def total(names):
    try:
        return sum(price(name) for name in names)  # @1.2 <genexpr>  @1.3 total
    except KeyError as error:
        raise RuntimeError("no price\nfor it") from error  # @0.1 total


def report():
    try:
        total(["apple"])  # @0.2 report
    finally:
        with contextlib.suppress(ValueError):
            int("x")


report()  # @0.3 <module>
