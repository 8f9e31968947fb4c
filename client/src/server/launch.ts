/** Decides which command starts the server. Knows nothing of VS Code. */

import { candidates, type Machine, NEWEST, OLDEST, onPath, resolve } from "./interpreters";
import type { Python } from "./probe";

export interface Launch {
  command: string;
  args: string[];
  /** For the log. */
  how: string;
}

/** Why there is no server to start: a sentence for a person. */
export interface NoServer {
  reason: string;
}

export interface Circumstances {
  machine: Machine;
  /** The setting `backstory.server.path`. */
  serverPath: string | undefined;
  /** The setting `backstory.server.python`. */
  serverPython: string | undefined;
  /** The script that starts the server that comes with the extension; undefined when none comes with it. */
  bundled: string | undefined;
  /** Where byte code goes: the extension's own folder may be read-only, and belongs to its signature. */
  byteCode: string;
  /** The interpreter selected in the Python extension. */
  selected: () => Promise<string | undefined>;
  probe: (file: string) => Promise<Python | undefined>;
}

const WANTED = `CPython 3.${OLDEST} to 3.${NEWEST}`;
export const SERVER_COMMAND = "backstory-lsp";

/** Setting, then bundled with the selected or a found interpreter, then the command on PATH. */
export async function findServer(here: Circumstances): Promise<Launch | NoServer> {
  if (here.serverPath) {
    return fromPathSetting(here.serverPath, here.machine);
  }
  if (here.serverPython) {
    return fromPythonSetting(here.serverPython, here);
  }
  const python = await firstUsable(here);
  if (python) {
    return python;
  }
  const [command] = onPath(SERVER_COMMAND, here.machine);
  if (command) {
    return { command, args: [], how: `${SERVER_COMMAND} on PATH` };
  }
  if (!here.bundled) {
    const how = `install ${SERVER_COMMAND} with pipx or uv tool, or take the build for this platform`;
    return { reason: `This build of the extension brings no server, and none is installed: ${how}.` };
  }
  return { reason: `Backstory found neither ${WANTED} nor the command ${SERVER_COMMAND}.` };
}

function fromPathSetting(given: string, machine: Machine): Launch | NoServer {
  const command = resolve(given, machine);
  if (!command || !machine.isFile(command)) {
    return { reason: `The setting backstory.server.path names “${given}”, and there is no such file.` };
  }
  return { command, args: [], how: "setting backstory.server.path" };
}

async function fromPythonSetting(given: string, here: Circumstances): Promise<Launch | NoServer> {
  const file = resolve(given, here.machine);
  const python = file && (await here.probe(file));
  if (!python) {
    return { reason: `The setting backstory.server.python names “${given}”, which is not ${WANTED}.` };
  }
  return (
    withPython(python, here, "setting backstory.server.python") ?? {
      reason: `“${given}” has no server installed: run “${given} -m pip install backstory”.`,
    }
  );
}

async function firstUsable(here: Circumstances): Promise<Launch | undefined> {
  const selected = await here.selected();
  for (const file of [...(selected ? [selected] : []), ...candidates(here.machine)]) {
    const python = await here.probe(file);
    const how = file === selected ? "selected interpreter" : "found interpreter";
    const launch = python && withPython(python, here, how);
    if (launch) {
      return launch;
    }
  }
  return undefined;
}

/** The bundled server sees the standard library and its own modules only, whatever is installed beside it. */
function withPython(python: Python, here: Circumstances, how: string): Launch | undefined {
  const command = python.file;
  if (here.bundled) {
    const isolated = ["-I", "-S", "-X", "utf8", "-X", `pycache_prefix=${here.byteCode}`];
    return { command, args: [...isolated, here.bundled], how: `bundled server, ${how}` };
  }
  return python.hasServer
    ? { command, args: ["-I", "-m", "backstory.lsp"], how: `installed server, ${how}` }
    : undefined;
}
