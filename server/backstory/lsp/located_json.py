"""Located traces as JSON: what `backstory stacktrace --json` prints, with the URIs of what can be opened."""

from backstory.lsp.located import Located
from backstory.views.trace_record import traces_record


def located_json(located: Located) -> dict[str, object]:
    """Return the answer as it stands on the wire."""
    return {name: _with_uris(value, located) for name, value in traces_record(located.traces).items()}


def _with_uris(value: object, located: Located) -> object:
    """Return a value in which each file has its URI; None for what may not be opened."""
    if isinstance(value, list):
        return [_with_uris(each, located) for each in value]
    if not isinstance(value, dict):
        return value
    known = {name: _with_uris(each, located) for name, each in value.items()}
    if "repository" in value:
        known["uri"] = located.uri(value["repository"], value["path"])
    return known
