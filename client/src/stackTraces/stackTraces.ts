/** All that has to do with stack traces in the window: the command, the view, links in terminals and from other programs. */

import { Disposable, window } from "vscode";
import type { CommandName } from "../extension";
import type { Server } from "../server/server";
import { Analysis } from "./analyze";
import { openTarget } from "./open";
import { SharedLinks } from "./sharedLinks";
import { TerminalLinks } from "./terminalLinks";
import type { Target } from "./tree";
import { StackTraceView } from "./view";

export type StackTraceCommand = Extract<CommandName, `${string}Stack${string}`>;

export class StackTraces implements Disposable {
  private readonly view = new StackTraceView();
  private readonly analysis: Analysis;
  private readonly registered: Disposable;

  constructor(server: Server) {
    this.analysis = new Analysis(server, this.view);
    this.registered = Disposable.from(
      this.view,
      this.analysis,
      window.registerTerminalLinkProvider(new TerminalLinks(server)),
      window.registerUriHandler(new SharedLinks(this.analysis)),
    );
  }

  dispose(): void {
    this.registered.dispose();
  }

  async run(name: StackTraceCommand, [given]: unknown[]): Promise<void> {
    switch (name) {
      case "analyzeStackTrace":
        await this.analysis.begin();
        return;
      case "nameBuildOfStackTraces":
        await this.analysis.nameBuild();
        return;
      case "clearStackTraces":
        await this.view.show([]);
        return;
      case "openStackFrame":
        if (isTarget(given)) {
          await openTarget(given);
        }
    }
  }
}

function isTarget(given: unknown): given is Target {
  const { uri, line } = (given ?? {}) as Partial<Target>;
  return typeof uri === "string" && (line === null || Number.isInteger(line));
}
