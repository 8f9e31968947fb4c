"""Text as the store can hold it: Unicode without halves of characters, and without secrets."""

from backstory.redaction.secrets import mask_secrets


def clean(text: str) -> str:
    """Return `text` with what is no character (a lone surrogate, as broken bytes leave it) replaced by U+FFFD."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def masked(text: str) -> str:
    """Return `text` clean and with its secrets masked."""
    return clean(mask_secrets(text))
