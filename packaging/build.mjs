// Bundles the extension into client/out: a small entry that VS Code loads at start, and the rest, loaded after it.
import { build } from "esbuild";

const shared = {
  bundle: true,
  outdir: "client/out",
  format: "cjs",
  platform: "node",
  target: "node20",
  // VS Code's extension host knows `require` only.
  supported: { "dynamic-import": false },
  minify: true,
  sourcemap: process.argv.includes("--sourcemap"),
  logLevel: "warning",
};
await build({ ...shared, entryPoints: ["client/src/extension.ts"], external: ["vscode", "./session"] });
await build({ ...shared, entryPoints: ["client/src/session.ts"], external: ["vscode"] });
