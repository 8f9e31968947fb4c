/** A click on the status bar: the one thing that helps here and now. */

import { commands, env, type LogOutputChannel, Uri, window } from "vscode";
import { type HelpfulAction, helpfulAction } from "../protocol";
import type { Health, Server } from "../server/server";

const INSTALLING = Uri.parse("https://www.python.org/downloads/");

export async function help(server: Server, log: LogOutputChannel): Promise<void> {
  if (server.health.kind !== "running") {
    await helpWithServer(server, server.health, log);
    return;
  }
  const uri = window.activeTextEditor?.document.uri;
  const action = uri && (await server.ask(helpfulAction, { uri: uri.toString() }));
  if (!action) {
    await window.showInformationMessage("Backstory: open a file to see where its lines came from.");
    return;
  }
  await offer(action);
}

async function offer({ problem, command, benefit }: HelpfulAction): Promise<void> {
  if (!command || !isOneLine(command)) {
    await window.showInformationMessage(problem);
    return;
  }
  const words = [problem, `“${command}”`, ...(benefit ? [`brings ${benefit}.`] : ["helps."])].join(" ");
  const chosen = await window.showInformationMessage(words, "Put Into a Terminal", "Copy");
  if (chosen === "Copy") {
    await env.clipboard.writeText(command);
  } else if (chosen) {
    const terminal = window.createTerminal("Backstory");
    terminal.show();
    // Typed, not run: the person presses Enter.
    terminal.sendText(command, false);
  }
}

async function helpWithServer(server: Server, health: Health, log: LogOutputChannel): Promise<void> {
  if (health.kind === "restricted") {
    await commands.executeCommand("workbench.trust.manage");
  } else if (health.kind === "missing") {
    await helpWithPython(health.reason);
  } else if (health.kind === "stopped") {
    const chosen = await window.showWarningMessage(health.reason, "Start Again", "Show Log");
    if (chosen === "Start Again") {
      await server.restart();
    } else if (chosen) {
      log.show();
    }
  }
}

/** Say what is missing, with a button; also shown once by itself. */
export async function helpWithPython(reason: string): Promise<void> {
  const chosen = await window.showWarningMessage(reason, "Choose a Python…", "Get Python");
  if (chosen === "Choose a Python…") {
    await commands.executeCommand("workbench.action.openSettings", "backstory.server");
  } else if (chosen) {
    await env.openExternal(INSTALLING);
  }
}

/** Whether a command fits a terminal's line; a control character could run what nobody read. */
function isOneLine(command: string): boolean {
  return !/\p{Cc}/u.test(command);
}
