"""What became of a line since the build that failed, in words."""

from backstory.model.located import LineState

FATES = {
    LineState.EXACT: "at its place",
    LineState.MOVED: "moved",
    LineState.DELETED: "deleted",
    LineState.UNKNOWN: "not followed",
}
