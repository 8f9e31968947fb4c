/** Opens today's line of a frame, and tells where it came from. */

import { commands, Position, Range, TextEditorRevealType, Uri, window, workspace } from "vscode";
import type { Target } from "./tree";

export async function openTarget({ uri, line }: Target): Promise<void> {
  try {
    const document = await workspace.openTextDocument(Uri.parse(uri, true));
    const number = Math.min(Math.max(0, (line ?? 1) - 1), document.lineCount - 1);
    const start = new Position(number, document.lineAt(number).firstNonWhitespaceCharacterIndex);
    const selection = new Range(start, start);
    const editor = await window.showTextDocument(document, { selection, preview: true });
    editor.revealRange(selection, TextEditorRevealType.InCenterIfOutsideViewport);
  } catch {
    void window.showWarningMessage("Backstory: the frame’s file cannot be opened any more.");
    return;
  }
  if (line !== null) {
    await commands.executeCommand("editor.action.showHover", { focus: "noAutoFocus" });
  }
}
