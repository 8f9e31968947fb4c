/** The settings that the client itself reads; package.json declares all of them, the server reads its own. */

import { type Uri, workspace } from "vscode";

export type Marks = "off" | "region" | "all";

export const SECTION = "backstory";

export function marks(document: Uri): Marks {
  return setting("marks", document, "all");
}

export function overviewRuler(document: Uri): boolean {
  return setting("overviewRuler", document, true);
}

export function annotation(document: Uri): boolean {
  return setting("annotation", document, false);
}

export function statusBar(): boolean {
  return setting("statusBar", undefined, true);
}

/** The command that starts the server, as the person wrote it; undefined when they left it to us. */
export function serverPath(): string | undefined {
  return setting("server.path", undefined, "").trim() || undefined;
}

/** The interpreter for the server, likewise. */
export function serverPython(): string | undefined {
  return setting("server.python", undefined, "").trim() || undefined;
}

function setting<Value>(name: string, scope: Uri | undefined, standard: Value): Value {
  return workspace.getConfiguration(SECTION, scope).get(name, standard);
}
