/** A machine made of the files that a test names. */

import type { Machine } from "../../client/src/server/interpreters";

export interface Built {
  platform: NodeJS.Platform;
  files: string[];
  environment?: Record<string, string>;
}

export function machineWith({ platform, files, environment = {} }: Built): Machine {
  const separator = platform === "win32" ? "\\" : "/";
  return {
    platform,
    environment,
    home: platform === "win32" ? "C:\\Users\\maya" : "/home/maya",
    isFile: (file) => files.includes(file),
    list: (folder) => [
      ...new Set(
        files
          .filter((file) => file.startsWith(folder + separator))
          .map((file) => file.slice(folder.length + 1).split(separator)[0] ?? ""),
      ),
    ],
  };
}
