/** Wiring, and as little of it as VS Code needs to know us: the rest is loaded when the window is up. */

import { commands, type ExtensionContext, type Uri } from "vscode";
import type { Region } from "./protocol";
import type { Session } from "./session";

const COMMANDS = [
  "showPrompt",
  "copyPrompt",
  "openCommit",
  "analyzeStackTrace",
  "nameBuildOfStackTraces",
  "openStackFrame",
  "clearStackTraces",
  "help",
  "pause",
  "resume",
  "restart",
  "showLog",
] as const;
export type CommandName = (typeof COMMANDS)[number];

let session: Promise<Session> | undefined;

/** What other extensions may ask. */
export interface Api {
  /** What the status bar says; undefined when it says nothing. */
  status: () => Promise<string | undefined>;
  /** The regions of a document that carry marks. */
  marks: (document: Uri) => Promise<readonly Region[]>;
}

export function activate(context: ExtensionContext): Api {
  session = new Promise((resolve, reject) => {
    setImmediate(() => {
      import("./session").then((module) => {
        resolve(module.begin(context));
      }, reject);
    });
  });
  for (const name of COMMANDS) {
    const run = async (...given: unknown[]): Promise<void> => {
      await (await session)?.run(name, given);
    };
    context.subscriptions.push(commands.registerCommand(`backstory.${name}`, run));
  }
  return {
    status: async () => (await session)?.statusBar.text,
    marks: async (document) => (await session)?.marks.of(document) ?? [],
  };
}

export async function deactivate(): Promise<void> {
  await (await session)?.end();
}
