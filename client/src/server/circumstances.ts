/** What this machine, VS Code and the settings offer for starting the server. */

import { readdirSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { type ExtensionContext, extensions, Uri, workspace } from "vscode";
import { serverPath, serverPython } from "../settings";
import type { Machine } from "./interpreters";
import type { Circumstances } from "./launch";
import { probe } from "./probe";

const MACHINE: Machine = {
  platform: process.platform,
  environment: process.env,
  home: homedir(),
  isFile: (file) => statSync(file, { throwIfNoEntry: false })?.isFile() ?? false,
  list: (folder) => (statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder) : []),
};

export function circumstances(context: ExtensionContext): Circumstances {
  const { version } = context.extension.packageJSON as { version: string };
  const script = Uri.joinPath(context.extensionUri, "bundled", "launch.py").fsPath;
  return {
    machine: MACHINE,
    serverPath: serverPath(),
    serverPython: serverPython(),
    bundled: MACHINE.isFile(script) ? script : undefined,
    byteCode: Uri.joinPath(context.globalStorageUri, "bytecode", version).fsPath,
    selected: selectedInterpreter,
    probe,
  };
}

/** The part of the Python extension's API that we need. */
interface PythonApi {
  environments: {
    getActiveEnvironmentPath: (resource?: Uri) => { path: string };
    resolveEnvironment: (environment: unknown) => Promise<{ executable: { uri: Uri | undefined } } | undefined>;
  };
}

async function selectedInterpreter(): Promise<string | undefined> {
  const extension = extensions.getExtension<PythonApi>("ms-python.python");
  if (!extension) {
    return undefined;
  }
  try {
    const { environments } = await extension.activate();
    const active = environments.getActiveEnvironmentPath(workspace.workspaceFolders?.[0]?.uri);
    return (await environments.resolveEnvironment(active))?.executable.uri?.fsPath;
  } catch {
    // Somebody else's extension failed; its log says why, and we find an interpreter ourselves.
    return undefined;
  }
}
