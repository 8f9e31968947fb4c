/** The line under the cursor, and what the server says of it. Asks when something moved, never by the clock. */

import { CancellationTokenSource, type Disposable, EventEmitter, type TextEditor, window, workspace } from "vscode";
import { SCHEME } from "../ask/pages";
import { type LineState, lineState } from "../protocol";
import type { Server } from "../server/server";

export interface CurrentLine {
  editor: TextEditor;
  /** 0-based. */
  line: number;
  /** Undefined while nobody answers. */
  state: LineState | undefined;
}

/** Long enough for a cursor key held down, short enough not to be noticed. */
const SETTLE_MS = 40;

export class CurrentLines implements Disposable {
  private readonly changed = new EventEmitter<CurrentLine | undefined>();
  private readonly listeners: Disposable[];
  private timer: NodeJS.Timeout | undefined;
  private asking: CancellationTokenSource | undefined;

  /** Fires with undefined when there is no editor. */
  readonly onDidChange = this.changed.event;
  current: CurrentLine | undefined;

  constructor(private readonly server: Server) {
    this.listeners = [
      window.onDidChangeActiveTextEditor(() => {
        this.look();
      }),
      window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (textEditor === window.activeTextEditor) {
          this.look();
        }
      }),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && document === window.activeTextEditor?.document) {
          this.look();
        }
      }),
      server.onDidChangeState((uri) => {
        // Not by what is shown: the first answer may still be on its way, and be older than this news.
        if (uri === window.activeTextEditor?.document.uri.toString()) {
          this.look();
        }
      }),
      server.onDidChangeHealth(() => {
        this.look();
      }),
    ];
  }

  /** Ask anew, once the cursor stands still. */
  look(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      void this.ask();
    }, SETTLE_MS);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.asking?.dispose();
    for (const listener of [...this.listeners, this.changed]) {
      listener.dispose();
    }
  }

  private async ask(): Promise<void> {
    this.asking?.cancel();
    const editor = window.activeTextEditor;
    if (!editor || editor.document.uri.scheme === SCHEME) {
      this.tell(undefined);
      return;
    }
    const asking = new CancellationTokenSource();
    this.asking = asking;
    const line = editor.selection.active.line;
    const params = { uri: editor.document.uri.toString(), line };
    const state = await this.server.ask(lineState, params, asking.token);
    if (!asking.token.isCancellationRequested) {
      this.tell({ editor, line, state });
    }
    asking.dispose();
  }

  private tell(current: CurrentLine | undefined): void {
    this.current = current;
    this.changed.fire(current);
  }
}
