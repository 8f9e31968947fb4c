import pytest
from editor import MINIMAL, NEOVIM, VS_CODE
from lsprotocol import types
from lsprotocol.converters import get_converter

from backstory.lsp.capabilities import Client, client_of

UTF_8, UTF_16 = types.PositionEncodingKind.Utf8, types.PositionEncodingKind.Utf16

LINKS, DEFINITION = types.TEXT_DOCUMENT_DOCUMENT_LINK, types.TEXT_DOCUMENT_DEFINITION
LENSES, ACTIONS = types.TEXT_DOCUMENT_CODE_LENS, types.TEXT_DOCUMENT_CODE_ACTION


def check_client(capabilities, expected):
    params = {"processId": None, "rootUri": None, "capabilities": capabilities}
    assert client_of(get_converter().structure(params, types.InitializeParams)) == expected


@pytest.mark.parametrize(
    ("capabilities", "expected"),
    [
        pytest.param(MINIMAL, Client(), id="minimal"),
        pytest.param(
            NEOVIM,
            Client(
                reads_markdown=True,
                shows_progress=True,
                answers_configuration=True,
                uses={DEFINITION, LENSES, ACTIONS},
                registers={DEFINITION, ACTIONS},
                shows_documents=True,
                reads_action_literals=True,
                encoding=UTF_8,
            ),
            id="neovim",
        ),
        pytest.param(
            VS_CODE,
            Client(
                reads_markdown=True,
                shows_progress=True,
                watches_files=True,
                answers_configuration=True,
                registers_configuration=True,
                uses={LINKS, DEFINITION, LENSES, ACTIONS},
                registers={LINKS, DEFINITION, LENSES, ACTIONS},
                shows_documents=True,
                reads_action_literals=True,
            ),
            id="vs code",
        ),
    ],
)
def test_abilities_are_those_announced(capabilities, expected):
    check_client(capabilities, expected)


@pytest.mark.parametrize(
    ("formats", "reads_markdown"),
    [(["plaintext"], False), (["plaintext", "markdown"], False), (["markdown"], True), ([], False), (None, False)],
)
def test_the_clients_first_format_is_used(formats, reads_markdown):
    check_client({"textDocument": {"hover": {"contentFormat": formats}}}, Client(reads_markdown=reads_markdown))


@pytest.mark.parametrize(
    ("listed", "encoding"),
    [(["utf-32"], types.PositionEncodingKind.Utf32), (["utf-7", "utf-8"], UTF_8), (["utf-7"], UTF_16), ([], UTF_16)],
)
def test_the_first_encoding_that_both_know_is_used(listed, encoding):
    check_client({"general": {"positionEncodings": listed}}, Client(encoding=encoding))
