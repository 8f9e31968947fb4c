/** Everything that lives as long as the window: the server, what is seen at a glance, what is asked. */

import { type Disposable, env, type ExtensionContext, type LogOutputChannel, window, workspace } from "vscode";
import { help, helpWithPython } from "./ask/help";
import { hoverWithLinks } from "./ask/hoverLinks";
import { Pages, SCHEME } from "./ask/pages";
import { type Place, placeOf } from "./ask/place";
import type { CommandName } from "./extension";
import { Annotation } from "./glance/annotation";
import { CurrentLines } from "./glance/currentLine";
import { Marks } from "./glance/marks";
import { StatusBar } from "./glance/statusBar";
import { Pause } from "./pause";
import { Server } from "./server/server";
import { SECTION } from "./settings";
import { StackTraces } from "./stackTraces/stackTraces";

/** The commands that speak of a line: the one under the cursor, if no other is named. */
type CommandOfLine = "showPrompt" | "copyPrompt" | "openCommit" | "pause" | "resume";

/** Begin: nothing is started in a folder that is not trusted. */
export function begin(context: ExtensionContext): Session {
  const session = new Session(context);
  if (workspace.isTrusted) {
    void session.server.restart();
  } else {
    session.server.restrict();
  }
  return session;
}

export class Session {
  readonly server: Server;
  readonly statusBar: StatusBar;
  readonly marks: Marks;
  private readonly log: LogOutputChannel;
  private readonly pause: Pause;
  private readonly pages: Pages;
  private readonly stackTraces: StackTraces;

  constructor(context: ExtensionContext) {
    this.log = window.createOutputChannel("Backstory", { log: true });
    this.pause = new Pause(context.workspaceState);
    this.server = new Server(context, this.log, {
      provideHover: hoverWithLinks(() => this.server),
      workspace: { configuration: this.pause.configuration },
    });
    this.pages = new Pages(this.server);
    this.stackTraces = new StackTraces(this.server);
    const lines = new CurrentLines(this.server);
    this.statusBar = new StatusBar(this.server, lines);
    this.marks = new Marks(this.server);
    const shown = [this.statusBar, this.marks, new Annotation(lines)];
    context.subscriptions.push(this.log, ...shown, lines, this.stackTraces, this.server, ...this.listen(lines));
    void this.pause.offer(window.activeTextEditor?.document.uri);
    lines.look();
  }

  async end(): Promise<void> {
    await this.server.stop();
  }

  async run(name: CommandName, given: unknown[]): Promise<void> {
    const place = placeOf(given);
    switch (name) {
      case "restart":
        await this.restart();
        return;
      case "showLog":
        this.log.show();
        return;
      case "help":
        await help(this.server, this.log);
        return;
      case "analyzeStackTrace":
      case "nameBuildOfStackTraces":
      case "openStackFrame":
      case "clearStackTraces":
        await this.stackTraces.run(name, given);
        return;
      default:
        if (place) {
          await this.runAt(name, place);
        }
    }
  }

  private async runAt(name: CommandOfLine, place: Place): Promise<void> {
    switch (name) {
      case "showPrompt":
        await this.pages.showPrompt(place);
        return;
      case "copyPrompt":
        await this.copyPrompt(place);
        return;
      case "openCommit":
        await this.pages.openCommit(place);
        return;
      case "pause":
      case "resume":
        await this.pause.set(place.document, name === "pause");
        await this.pause.offer(place.document);
    }
  }

  private async copyPrompt(place: Place): Promise<void> {
    const request = await this.pages.copyPrompt(place);
    if (request) {
      await env.clipboard.writeText(request);
    }
    window.setStatusBarMessage(request ? "$(check) Prompt copied" : "No prompt is recorded for this line", 4000);
  }

  private async restart(): Promise<void> {
    if (workspace.isTrusted) {
      await this.server.restart();
    }
  }

  private listen(lines: CurrentLines): Disposable[] {
    return [
      workspace.registerTextDocumentContentProvider(SCHEME, this.pages),
      workspace.onDidGrantWorkspaceTrust(() => this.restart()),
      workspace.onDidChangeConfiguration(async (change) => {
        if (change.affectsConfiguration(`${SECTION}.server`)) {
          await this.restart();
        }
      }),
      window.onDidChangeActiveTextEditor((editor) => this.pause.offer(editor?.document.uri)),
      this.pause.onDidChange(() => {
        this.server.configurationChanged();
        lines.look();
      }),
      this.server.onDidChangeHealth((health) => {
        if (health.kind === "missing") {
          void helpWithPython(health.reason);
        }
      }),
    ];
  }
}
