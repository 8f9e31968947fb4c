/** Which line a command means: the one in its link, or the one under the cursor. */

import { type TextDocument, Uri, window } from "vscode";

export interface Place {
  document: Uri;
  /** 0-based. */
  line: number;
}

/** The arguments of a command link to `line` of `document`. */
export function linkArguments(document: TextDocument, line: number): string {
  return encodeURIComponent(JSON.stringify([document.uri.toString(), line]));
}

/** What a command was given; anything that is no place means the cursor's. */
export function placeOf(given: unknown[]): Place | undefined {
  const [uri, line] = given;
  if (typeof uri === "string" && typeof line === "number" && Number.isInteger(line) && line >= 0) {
    return { document: Uri.parse(uri), line };
  }
  const editor = window.activeTextEditor;
  return editor && { document: editor.document.uri, line: editor.selection.active.line };
}
