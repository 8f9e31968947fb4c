/** Folders that are left alone for now. Kept by VS Code for this workspace: no settings file is written. */

import { commands, EventEmitter, type Memento, type Uri, workspace } from "vscode";
import type { Middleware } from "vscode-languageclient/node";
import { SECTION } from "./settings";

const KEY = "pausedFolders";

export class Pause {
  private readonly changed = new EventEmitter<void>();
  readonly onDidChange = this.changed.event;

  constructor(private readonly memory: Memento) {}

  /** Whether the folder that holds a document is left alone. */
  holds(document: Uri): boolean {
    return this.folders().includes(folderOf(document));
  }

  async set(document: Uri, isPaused: boolean): Promise<void> {
    const others = this.folders().filter((folder) => folder !== folderOf(document));
    await this.memory.update(KEY, isPaused ? [...others, folderOf(document)] : others);
    this.changed.fire();
  }

  /** Let the commands on offer fit the document in front. */
  async offer(document: Uri | undefined): Promise<void> {
    await commands.executeCommand("setContext", "backstory.paused", document !== undefined && this.holds(document));
  }

  /** Let the server hear of it as of a setting. */
  readonly configuration: NonNullable<NonNullable<Middleware["workspace"]>["configuration"]> = async (
    params,
    token,
    next,
  ) => {
    const answers = await next(params, token);
    if (!Array.isArray(answers)) {
      return answers;
    }
    return answers.map((answer: unknown, index) => {
      const item = params.items[index];
      const isPaused = this.folders().includes(item?.scopeUri ?? "") || this.holdsWholeWindow();
      return item?.section === SECTION && isPaused ? { ...(answer as object), paused: true } : answer;
    });
  };

  private holdsWholeWindow(): boolean {
    const folders = workspace.workspaceFolders ?? [];
    return folders.length > 0 && folders.every((folder) => this.folders().includes(folder.uri.toString()));
  }

  private folders(): string[] {
    return this.memory.get<string[]>(KEY, []);
  }
}

/** The workspace folder of a document, or the document itself when it is in none. */
function folderOf(document: Uri): string {
  return (workspace.getWorkspaceFolder(document)?.uri ?? document).toString();
}
