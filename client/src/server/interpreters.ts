/** Where a CPython may be found. Knows nothing of VS Code; platform, environment and disk are arguments. */

import * as path from "node:path";

export const OLDEST = 11;
export const NEWEST = 14;

export interface Machine {
  platform: NodeJS.Platform;
  environment: Readonly<Record<string, string | undefined>>;
  home: string;
  isFile: (file: string) => boolean;
  /** The names in a folder; none when there is no such folder. */
  list: (folder: string) => string[];
}

/** Interpreters worth asking who they are, best first, each once. */
export function candidates(machine: Machine): string[] {
  const found = machine.platform === "win32" ? onWindows(machine) : onUnix(machine);
  return [...new Set(found)].filter((file) => machine.isFile(file) && !isTrap(file, machine));
}

/** The file that a name or path of the person's means: absolute, in the home folder, or on PATH. */
export function resolve(given: string, machine: Machine): string | undefined {
  const at = paths(machine);
  if (given.startsWith("~")) {
    return at.join(machine.home, given.slice(1));
  }
  if (at.isAbsolute(given)) {
    return given;
  }
  return onPath(given, machine)[0];
}

/** The files called `name` on PATH. Relative entries are left out: they would mean the folder that is open. */
export function onPath(name: string, machine: Machine): string[] {
  const at = paths(machine);
  const variable = Object.keys(machine.environment).find((key) => key.toUpperCase() === "PATH");
  const folders = machine.environment[variable ?? ""]?.split(at.delimiter) ?? [];
  const names = machine.platform === "win32" && !at.extname(name) ? [`${name}.exe`] : [name];
  return folders
    .filter((folder) => at.isAbsolute(folder))
    .flatMap((folder) => names.map((each) => at.join(folder, each)))
    .filter((file) => machine.isFile(file));
}

function onUnix(machine: Machine): string[] {
  const home = (...parts: string[]) => path.posix.join(machine.home, ...parts);
  const folders = ["/usr/local/bin", "/usr/bin", "/opt/homebrew/bin", home(".local/bin")];
  const frameworks = "/Library/Frameworks/Python.framework/Versions";
  return [
    ...versions().flatMap((minor) => onPath(`python3.${minor}`, machine)),
    ...onPath("python3", machine),
    ...onPath("python", machine),
    ...versions().flatMap((minor) => folders.map((folder) => `${folder}/python3.${minor}`)),
    ...versions().map((minor) => `${frameworks}/3.${minor}/bin/python3`),
    ...installed(home(".pyenv/versions"), ["bin", "python"], machine),
    ...installed(home(".local/share/uv/python"), ["bin", "python3"], machine),
    ...installed(home(".local/share/mise/installs/python"), ["bin", "python3"], machine),
  ];
}

function onWindows(machine: Machine): string[] {
  const { environment } = machine;
  const local = environment["LOCALAPPDATA"] ?? path.win32.join(machine.home, "AppData", "Local");
  const roaming = environment["APPDATA"] ?? path.win32.join(machine.home, "AppData", "Roaming");
  const programs = environment["ProgramFiles"] ?? "C:\\Program Files";
  const arm = ["", "-arm64"];
  return [
    ...versions().flatMap((minor) =>
      arm.map((suffix) => path.win32.join(local, "Programs", "Python", `Python3${minor}${suffix}`, "python.exe")),
    ),
    ...versions().map((minor) => path.win32.join(programs, `Python3${minor}`, "python.exe")),
    ...installed(path.win32.join(local, "Python"), ["python.exe"], machine),
    ...onPath("python3", machine),
    ...onPath("python", machine),
    ...installed(path.win32.join(machine.home, ".pyenv", "pyenv-win", "versions"), ["python.exe"], machine),
    ...installed(path.win32.join(roaming, "uv", "python"), ["python.exe"], machine),
  ];
}

/** The interpreters of a folder that holds one folder a version. */
function installed(folder: string, inside: string[], machine: Machine): string[] {
  const at = paths(machine);
  const minor = (name: string) => Number(/3\.(\d+)/.exec(name)?.[1] ?? 0);
  return machine
    .list(folder)
    .filter((name) => minor(name) >= OLDEST && minor(name) <= NEWEST)
    .sort((a, b) => minor(b) - minor(a))
    .map((name) => at.join(folder, name, ...inside));
}

/** Files that are called Python and open a shop instead: the Store's alias, and Apple's when its tools are missing. */
function isTrap(file: string, machine: Machine): boolean {
  if (machine.platform === "win32") {
    return file.toLowerCase().includes("\\microsoft\\windowsapps\\");
  }
  const tools = "/Library/Developer/CommandLineTools/usr/bin/python3";
  return machine.platform === "darwin" && file.startsWith("/usr/bin/") && !machine.isFile(tools);
}

function versions(): number[] {
  return Array.from({ length: NEWEST - OLDEST + 1 }, (_, index) => NEWEST - index);
}

function paths(machine: Machine): path.PlatformPath {
  return machine.platform === "win32" ? path.win32 : path.posix;
}
