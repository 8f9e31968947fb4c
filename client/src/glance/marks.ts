/** Quiet marks beside the lines that an agent had a hand in, in the gutter and in the overview ruler. */

import {
  type Disposable,
  OverviewRulerLane,
  Range,
  type TextEditor,
  type TextEditorDecorationType,
  ThemeColor,
  Uri,
  window,
  workspace,
} from "vscode";
import { type Region, regions } from "../protocol";
import type { Server } from "../server/server";
import { marks, overviewRuler, SECTION } from "../settings";
import { type Form, formOf, FORMS, markImage } from "./mark";

/** Marks move along with the text by themselves; after the last keystroke the server is asked once. */
const SETTLE_MS = 600;

export class Marks implements Disposable {
  private readonly gutter = new Map<Form, TextEditorDecorationType>();
  private readonly ruler: TextEditorDecorationType;
  private readonly listeners: Disposable[];
  private readonly known = new Map<string, Region[]>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly server: Server) {
    for (const form of FORMS) {
      this.gutter.set(form, window.createTextEditorDecorationType(gutterMark(form)));
    }
    this.ruler = window.createTextEditorDecorationType({
      overviewRulerColor: new ThemeColor("backstory.agentRuler"),
      overviewRulerLane: OverviewRulerLane.Center,
    });
    this.listeners = this.listen();
  }

  /** The regions of a document that carry marks when all are shown. */
  of(document: Uri): readonly Region[] {
    return this.known.get(document.toString()) ?? [];
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const each of [...this.listeners, ...this.gutter.values(), this.ruler]) {
      each.dispose();
    }
  }

  private listen(): Disposable[] {
    return [
      window.onDidChangeVisibleTextEditors((editors) => {
        void this.ask(editors);
      }),
      window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (marks(textEditor.document.uri) === "region") {
          this.draw(textEditor);
        }
      }),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && this.known.has(document.uri.toString())) {
          this.askLater();
        }
      }),
      workspace.onDidCloseTextDocument((document) => this.known.delete(document.uri.toString())),
      workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(SECTION)) {
          void this.ask(window.visibleTextEditors);
        }
      }),
      this.server.onDidChangeState((uri) => {
        void this.ask(window.visibleTextEditors.filter((editor) => editor.document.uri.toString() === uri));
      }),
      this.server.onDidChangeHealth(() => {
        void this.ask(window.visibleTextEditors);
      }),
    ];
  }

  private askLater(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      void this.ask(window.visibleTextEditors);
    }, SETTLE_MS);
  }

  private async ask(editors: readonly TextEditor[]): Promise<void> {
    await Promise.all(
      editors.map(async (editor) => {
        const uri = editor.document.uri.toString();
        const version = editor.document.version;
        const answer = marks(editor.document.uri) === "off" ? undefined : await this.server.ask(regions, { uri });
        if (editor.document.version === version) {
          this.known.set(uri, answer?.regions ?? []);
          this.draw(editor);
        }
      }),
    );
  }

  private draw(editor: TextEditor): void {
    const shown = this.shown(editor);
    for (const [form, type] of this.gutter) {
      editor.setDecorations(type, shown.filter((region) => formOf(region) === form).map(rangeOf));
    }
    editor.setDecorations(this.ruler, overviewRuler(editor.document.uri) ? shown.map(rangeOf) : []);
  }

  private shown(editor: TextEditor): Region[] {
    const all = this.known.get(editor.document.uri.toString()) ?? [];
    if (marks(editor.document.uri) === "all") {
      return all;
    }
    const { line } = editor.selection.active;
    return marks(editor.document.uri) === "off" ? [] : all.filter((each) => each.first <= line && line <= each.last);
  }
}

function rangeOf(region: Region): Range {
  return new Range(region.first, 0, region.last, 0);
}

function gutterMark(form: Form) {
  const image = (theme: "light" | "dark") => ({
    gutterIconPath: Uri.parse(`data:image/svg+xml;base64,${Buffer.from(markImage(form, theme)).toString("base64")}`),
    gutterIconSize: "100% 100%",
  });
  return { isWholeLine: true, light: image("light"), dark: image("dark") };
}
