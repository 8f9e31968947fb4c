/** Asks an interpreter who it is. */

import { execFile } from "node:child_process";
import * as path from "node:path";
import { NEWEST, OLDEST } from "./interpreters";

export interface Python {
  file: string;
  minor: number;
  /** Whether `import backstory` would find an installed server. */
  hasServer: boolean;
}

const QUESTION = [
  "import json, sys, sysconfig, importlib.util as u",
  "print(json.dumps([sys.implementation.name, *sys.version_info[:2], sys.maxsize > 2**32,",
  " bool(sysconfig.get_config_var('Py_GIL_DISABLED')), u.find_spec('backstory') is not None]))",
].join("\n");

const PATIENCE_MS = 10_000;

/** Who `file` is; undefined when it is no CPython that the bundled modules were built for. */
export async function probe(file: string): Promise<Python | undefined> {
  const answer = await ask(file);
  if (!answer) {
    return undefined;
  }
  const [implementation, major, minor, is64Bit, isFreeThreaded, hasServer] = answer;
  const fits = implementation === "cpython" && major === 3 && minor >= OLDEST && minor <= NEWEST;
  return fits && is64Bit && !isFreeThreaded ? { file, minor, hasServer } : undefined;
}

type Answer = [implementation: string, major: number, minor: number, boolean, boolean, boolean];

function ask(file: string): Promise<Answer | undefined> {
  // Isolated, and not in the folder that is open: nothing of the project is imported.
  const options = { timeout: PATIENCE_MS, windowsHide: true, cwd: path.dirname(file) };
  return new Promise((resolve) => {
    execFile(file, ["-I", "-c", QUESTION], options, (error, stdout) => {
      try {
        resolve(error ? undefined : (JSON.parse(stdout) as Answer));
      } catch {
        resolve(undefined);
      }
    });
  });
}
