// Where things are: the project, what was built, and the folders of this run.
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

export const TOP = path.resolve(import.meta.dirname, "../../..");
export const CACHE = path.resolve(process.env.BACKSTORY_CACHE ?? path.join(TOP, ".cache"));
export const VERSION = process.env.E2E_VERSION ?? "4.100.3";
export const VSIX = path.join(TOP, `build/backstory-${process.platform}-${process.arch}.vsix`);
export const UNIVERSAL_VSIX = path.join(TOP, "build/backstory-universal.vsix");
export const PYTHON = process.env.PYTHON ?? path.join(TOP, ".venv/bin/python");

/** Where all rooms of a run are; in no repository, ours least of all. */
export const ROOMS = process.env.E2E_ROOMS ?? mkdtempSync(path.join(realpathSync(tmpdir()), "backstory-e2e-"));

/** A folder of this run for one check, made anew. */
export function room(name) {
  const folder = path.join(ROOMS, VERSION, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}
