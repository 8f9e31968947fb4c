/** Wiring, and as little of it as VS Code needs to know us: the rest is loaded when the window is up. */

import { commands, type ExtensionContext } from "vscode";
import type { Session } from "./session";

const COMMANDS = ["showPrompt", "copyPrompt", "openCommit", "help", "pause", "resume", "restart", "showLog"] as const;
export type CommandName = (typeof COMMANDS)[number];

let session: Promise<Session> | undefined;

export function activate(context: ExtensionContext): void {
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
}

export async function deactivate(): Promise<void> {
  await (await session)?.end();
}
