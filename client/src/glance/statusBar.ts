/** The status bar's item: the state of the current line in words, so that silence never looks like breakage. */

import { type Disposable, StatusBarAlignment, type StatusBarItem, ThemeColor, window, workspace } from "vscode";
import type { Server } from "../server/server";
import { SECTION, statusBar } from "../settings";
import type { CurrentLine, CurrentLines } from "./currentLine";
import { type Words, wordsFor } from "./words";

export class StatusBar implements Disposable {
  private readonly item: StatusBarItem;
  private readonly listeners: Disposable[];
  /** What it says; undefined while it is hidden. */
  text: string | undefined;
  private written: string | undefined;

  constructor(
    private readonly server: Server,
    private readonly lines: CurrentLines,
  ) {
    this.item = window.createStatusBarItem("line", StatusBarAlignment.Right, 101);
    this.item.name = "Backstory: the current line";
    this.item.command = "backstory.help";
    const show = () => {
      this.show();
    };
    this.listeners = [
      lines.onDidChange(show),
      server.onDidChangeHealth(show),
      workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(`${SECTION}.statusBar`)) {
          show();
        }
      }),
    ];
    show();
  }

  dispose(): void {
    for (const each of [...this.listeners, this.item]) {
      each.dispose();
    }
  }

  private show(): void {
    const words = wordsFor(this.server.health, answerOf(this.lines.current));
    this.text = statusBar() ? words?.text : undefined;
    if (!words || !this.text) {
      this.item.hide();
      return;
    }
    this.write(words);
    this.item.show();
  }

  /** Write what changed only: every write makes VS Code lay out its status bar anew, while somebody types. */
  private write(words: Words): void {
    const asText = JSON.stringify(words);
    if (asText === this.written) {
      return;
    }
    this.written = asText;
    this.item.text = `$(${words.icon}) ${words.text}`;
    this.item.tooltip = words.tooltip;
    this.item.accessibilityInformation = { label: `Backstory: ${words.text}`, role: "button" };
    this.item.backgroundColor = words.isTrouble ? new ThemeColor("statusBarItem.warningBackground") : undefined;
  }
}

function answerOf(current: CurrentLine | undefined): Parameters<typeof wordsFor>[1] {
  return current && { state: current.state, line: current.line };
}
