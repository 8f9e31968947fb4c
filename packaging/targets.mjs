// The platforms that get a VSIX with the server inside; every other one gets the universal file.

/** The CPython versions (3.x) whose compiled modules a VSIX carries, lowest first: it decides what is resolved. */
export const MINORS = [11, 12, 13, 14];

/**
 * By VS Code's name of a target: uv's name of the platform, and how compiled modules end there.
 * alpine-arm64 has no wheel of tree-sitter.
 */
export const TARGETS = {
  "linux-x64": { platform: "x86_64-manylinux_2_28", suffix: "x86_64-linux-gnu.so" },
  "linux-arm64": { platform: "aarch64-manylinux_2_28", suffix: "aarch64-linux-gnu.so" },
  "alpine-x64": { platform: "x86_64-unknown-linux-musl", suffix: "x86_64-linux-musl.so" },
  "darwin-x64": { platform: "x86_64-apple-darwin", suffix: "darwin.so" },
  "darwin-arm64": { platform: "aarch64-apple-darwin", suffix: "darwin.so" },
  "win32-x64": { platform: "x86_64-pc-windows-msvc", suffix: "win_amd64.pyd" },
  "win32-arm64": { platform: "aarch64-pc-windows-msvc", suffix: "win_arm64.pyd" },
};

export const UNIVERSAL = "universal";

/** VS Code's name of the platform that runs this. */
export function thisTarget() {
  return `${process.platform}-${process.arch}`;
}

/** What a module compiled for one CPython is called on a target. */
export function moduleName(name, minor, { suffix }) {
  return suffix.endsWith(".pyd") ? `${name}.cp3${minor}-${suffix}` : `${name}.cpython-3${minor}-${suffix}`;
}
