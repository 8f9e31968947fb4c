/** *Analyze Stack Trace*: from the selection, the clipboard, or a document to paste into. */

import { type Disposable, env, type TextDocument, window, workspace } from "vscode";
import { type LocatedTrace, stackTrace } from "../protocol";
import type { Server } from "../server/server";
import { openTarget } from "./open";
import { firstTarget } from "./tree";
import type { StackTraceView } from "./view";

/** Characters; what is longer is a log to be searched, not a paste. */
export const LONGEST_TEXT = 4_000_000;

export class Analysis implements Disposable {
  private pasting: Disposable | undefined;
  /** What the view shows. */
  private analyzed: { text: string; at: string | undefined } | undefined;

  constructor(
    private readonly server: Server,
    private readonly view: StackTraceView,
  ) {}

  dispose(): void {
    this.pasting?.dispose();
  }

  /** Analyze the first of selection and clipboard that holds a stack trace, or ask for one. */
  async begin(): Promise<void> {
    if (!(await this.isReady())) {
      return;
    }
    for (const text of [selected(), await env.clipboard.readText()]) {
      if (await this.analyze(text)) {
        return;
      }
    }
    await this.askForText();
  }

  /** Wait until the server can be asked; say so when it cannot. */
  async isReady(): Promise<boolean> {
    while (this.server.health.kind === "starting") {
      await new Promise<void>((resolve) => {
        const listener = this.server.onDidChangeHealth(() => {
          listener.dispose();
          resolve();
        });
      });
    }
    const isRunning = this.server.health.kind === "running";
    if (!isRunning) {
      void window.showWarningMessage("Backstory’s server does not run; the status bar says what helps.");
    }
    return isRunning;
  }

  /** Show the stack traces of a text and open the most suspicious line; false when there is none. */
  async analyze(text: string, at?: string): Promise<boolean> {
    const traces = await this.tracesOf(text, at);
    if (traces.length === 0) {
      return false;
    }
    this.analyzed = { text, at };
    await this.view.show(traces);
    const target = firstTarget(traces);
    if (target) {
      await openTarget(target);
    }
    return true;
  }

  /** Ask which build failed, and find the lines of what is shown anew. */
  async nameBuild(): Promise<void> {
    const { text, at } = this.analyzed ?? { text: "", at: undefined };
    const prompt = "The commit, branch or tag of the build that failed";
    const build = await window.showInputBox({ prompt, ...(at !== undefined && { value: at }) });
    if (build?.trim() && !(await this.analyze(text, build.trim()))) {
      void window.showWarningMessage("Backstory: no folder of this workspace knows that build.");
    }
  }

  private async tracesOf(text: string, at?: string): Promise<LocatedTrace[]> {
    if (!text.trim() || text.length > LONGEST_TEXT) {
      return [];
    }
    const uri = window.activeTextEditor?.document.uri.toString();
    const answer = await this.server.ask(stackTrace, { text, ...(at && { at }), ...(uri && { uri }) });
    return answer?.traces ?? [];
  }

  /** Open an empty document: an input box would take the breaks out of what is pasted. */
  private async askForText(): Promise<void> {
    const document = await workspace.openTextDocument({ language: "plaintext", content: "" });
    await window.showTextDocument(document);
    this.pasting?.dispose();
    this.pasting = workspace.onDidChangeTextDocument(async (change) => {
      if (change.document === document && isPaste(change.contentChanges) && (await this.analyze(document.getText()))) {
        this.pasting?.dispose();
      }
    });
    void window.showInformationMessage(
      "Neither the selection nor the clipboard holds a stack trace. Paste one into this document: it is analyzed at once.",
    );
  }
}

function selected(): string {
  const editor = window.activeTextEditor;
  return editor ? textsIn(editor.document, editor.selections) : "";
}

function textsIn(document: TextDocument, selections: readonly Parameters<TextDocument["getText"]>[0][]): string {
  return selections.map((each) => document.getText(each)).join("\n");
}

/** Whether more came at once than a person types. */
function isPaste(changes: readonly { text: string }[]): boolean {
  return changes.some((change) => change.text.includes("\n") || change.text.length > 40);
}
