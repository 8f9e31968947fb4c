// Runs tests/client: bundled like the extension, but without an editor.
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { build } from "esbuild";

const outdir = "build/client-tests";
rmSync(outdir, { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: ["tests/client/*.test.ts"],
  outdir,
  bundle: true,
  format: "cjs",
  platform: "node",
  target: "node20",
  metafile: true,
  logLevel: "warning",
});
const files = Object.keys(metafile.outputs);
process.exit(
  spawnSync(process.execPath, ["--test", "--test-reporter=dot", ...files], { stdio: "inherit" }).status ?? 1,
);
