/** A note at the end of the current line; off unless asked for. */

import { type Disposable, Range, type TextEditor, ThemeColor, window, workspace } from "vscode";
import { annotation, SECTION } from "../settings";
import type { CurrentLine, CurrentLines } from "./currentLine";

export class Annotation implements Disposable {
  private readonly type = window.createTextEditorDecorationType({
    after: { color: new ThemeColor("backstory.annotationForeground"), margin: "0 0 0 3em" },
  });
  private readonly listeners: Disposable[];
  private shownIn: TextEditor | undefined;

  constructor(lines: CurrentLines) {
    this.listeners = [
      lines.onDidChange((current) => {
        this.show(current);
      }),
      workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(`${SECTION}.annotation`)) {
          this.show(lines.current);
        }
      }),
    ];
  }

  dispose(): void {
    for (const each of [...this.listeners, this.type]) {
      each.dispose();
    }
  }

  private show(current: CurrentLine | undefined): void {
    if (this.shownIn && this.shownIn !== current?.editor) {
      this.shownIn.setDecorations(this.type, []);
      this.shownIn = undefined;
    }
    if (!current || !annotation(current.editor.document.uri)) {
      current?.editor.setDecorations(this.type, []);
      return;
    }
    const { editor, line, state } = current;
    const isTold = state?.contributor && state.contributor !== "unknown";
    const end = new Range(line, Number.MAX_SAFE_INTEGER, line, Number.MAX_SAFE_INTEGER);
    const notes = isTold ? [{ range: end, renderOptions: { after: { contentText: state.state } } }] : [];
    editor.setDecorations(this.type, notes);
    this.shownIn = editor;
  }
}
