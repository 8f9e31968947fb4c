/** Follows links from other programs to a stack trace in a file of the workspace, after asking the person. */

import { readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { type Uri, type UriHandler, window, workspace } from "vscode";
import { type Analysis, LONGEST_TEXT } from "./analyze";
import { isWithin, sharedLinkOf } from "./sharedLink";

export class SharedLinks implements UriHandler {
  constructor(private readonly analysis: Analysis) {}

  async handleUri(uri: Uri): Promise<void> {
    const folders = foldersOnDisk();
    const link = sharedLinkOf(uri, folders);
    if ("refused" in link) {
      refuse(link.refused);
      return;
    }
    const file = await firstReadable(link.files, folders);
    if ("refused" in file) {
      refuse(file.refused);
    } else if ((await isAllowed(file)) && (await this.analysis.isReady())) {
      const text = await readFile(file.path, "utf8");
      if (!(await this.analysis.analyze(text, link.at))) {
        void window.showInformationMessage("Backstory found no stack trace in the file that the link names.");
      }
    }
  }
}

interface Readable {
  path: string;
  bytes: number;
}

/** The first file that is there, is one, is not too big and, links followed, lies inside the workspace. */
async function firstReadable(
  files: readonly string[],
  folders: readonly string[],
): Promise<Readable | { refused: string }> {
  const roots = await Promise.all(folders.map((folder) => realpath(folder).catch(() => folder)));
  for (const file of files) {
    const real = await realpath(file).catch(() => undefined);
    const found = real === undefined ? undefined : await stat(real).catch(() => undefined);
    if (real === undefined || !found?.isFile()) {
      continue;
    }
    if (!isWithin(real, roots)) {
      return { refused: "its file lies outside this workspace." };
    }
    return found.size > LONGEST_TEXT
      ? { refused: "its file is too big for a stack trace." }
      : { path: real, bytes: found.size };
  }
  return { refused: "there is no such file in this workspace." };
}

async function isAllowed({ path: file, bytes }: Readable): Promise<boolean> {
  const size = bytes < 1_000 ? `${bytes} bytes` : `${Math.round(bytes / 1_000)} kB`;
  const question = `A link asks Backstory to analyze the stack trace in “${path.basename(file)}” (${size}).`;
  const detail = `${workspace.asRelativePath(file)}\n\nThe file is read, and its frames are looked up in this workspace.`;
  return (await window.showInformationMessage(question, { modal: true, detail }, "Analyze")) === "Analyze";
}

function refuse(why: string): void {
  void window.showWarningMessage(`Backstory does not follow this link: ${why}`);
}

function foldersOnDisk(): string[] {
  return (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file").map(({ uri }) => uri.fsPath);
}
