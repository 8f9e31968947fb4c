/** What a `vscode://backstory.backstory/stacktrace?…` link may ask for. Pure: touches no disk and knows nothing of VS Code. */

import path from "node:path";

/** Where the texts that a link names by an id are kept: a pager's script can put one there without touching a file of yours. */
const KEPT = path.join(".git", "backstory", "stacktraces");

export interface SharedLink {
  /** Absolute paths inside the workspace, the first that exists is meant. */
  files: string[];
  /** The build that failed. */
  at: string | undefined;
}

const NAMES = new Set(["file", "id", "at"]);
const ID = /^\w[\w-]{0,63}$/;
const REVISION = /^\w[\w./@+-]{0,199}$/;

/** Read a link for a workspace of these folders; a sentence says why it is not followed. */
export function sharedLinkOf(
  link: { path: string; query: string },
  folders: readonly string[],
): SharedLink | { refused: string } {
  const asked = parametersOf(link.query);
  if (link.path !== "/stacktrace" || !asked || [...asked.keys()].some((name) => !NAMES.has(name))) {
    return { refused: "it does not say what to open." };
  }
  const [file, id, at] = ["file", "id", "at"].map((name) => asked.get(name));
  if ((file === undefined) === (id === undefined)) {
    return { refused: "it must name either a file or an id." };
  }
  if (at !== undefined && !REVISION.test(at)) {
    return { refused: "it names no revision that git could know." };
  }
  if (id !== undefined) {
    const files = folders.map((folder) => path.join(folder, KEPT, id));
    return ID.test(id) ? { files, at } : { refused: "its id has characters that none has." };
  }
  const inside = folders.map((folder) => path.resolve(folder, file ?? "")).filter((each) => isWithin(each, folders));
  const files = [...new Set(inside)];
  return files.length > 0 ? { files, at } : { refused: "its file lies outside this workspace." };
}

/** Whether a path lies in one of the folders, as it is spelled: nothing is asked of any disk or network. */
export function isWithin(file: string, folders: readonly string[]): boolean {
  return folders.some((folder) => {
    const inside = path.relative(folder, file);
    return inside !== "" && inside.split(path.sep)[0] !== ".." && !path.isAbsolute(inside);
  });
}

function parametersOf(query: string): Map<string, string> | undefined {
  // Not URLSearchParams: VS Code has decoded the query already, and a plus is a plus.
  const pairs = query.split("&").map((pair) => /^(\w+)=([^\p{Cc}]+)$/u.exec(pair)?.slice(1));
  const parameters = new Map(pairs.map((pair) => [pair?.[0] ?? "", pair?.[1] ?? ""]));
  return pairs.every(Boolean) && parameters.size === pairs.length ? parameters : undefined;
}
