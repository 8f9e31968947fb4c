"""`backstory-lsp`: the command that an editor starts."""

import argparse
import logging
import os
import sys
from collections.abc import Sequence

from backstory import __version__


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve one session; return the exit status."""
    chosen = _parser().parse_args(arguments)
    _log_to_standard_error(os.environ.get("BACKSTORY_LOG", "warning"))
    from backstory.lsp.features import create_server  # noqa: PLC0415  # `--version` and `--help` need none of it
    from backstory.lsp.transport import serve_stdio, serve_tcp  # noqa: PLC0415

    server = create_server()
    if chosen.tcp:
        host, _, port = chosen.tcp.rpartition(":")
        return serve_tcp(server, host or "127.0.0.1", int(port))
    return serve_stdio(server)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="backstory-lsp", description="Tells an editor where the line under the cursor came from."
    )
    parser.add_argument("--version", action="version", version=f"backstory-lsp {__version__}")
    wire = parser.add_mutually_exclusive_group()
    wire.add_argument("--stdio", action="store_true", help="talk over standard input and output (the default)")
    wire.add_argument("--tcp", metavar="HOST:PORT", type=_address, help="wait for one client there, for debugging")
    return parser


def _address(text: str) -> str:
    port = text.rpartition(":")[2]
    if not port.isascii() or not port.isdigit():
        raise argparse.ArgumentTypeError(f"{text!r} is not HOST:PORT")
    return text


def _log_to_standard_error(level: str) -> None:
    known = level.upper() if level.upper() in logging.getLevelNamesMapping() else "WARNING"
    logging.basicConfig(stream=sys.stderr, level=known, format="%(levelname)s %(name)s: %(message)s")
    # The protocol library logs whole messages, and with them code; what is wrong with one we say ourselves.
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
