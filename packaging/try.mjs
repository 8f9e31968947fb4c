// usage: try.mjs [PYTHON…]     default: the variable PYTHON
// Starts the server out of this platform's VSIX as the extension does, with each Python, and waits for its hello.
import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { thisTarget } from "./targets.mjs";

const PATIENCE_MS = 30_000;
const pythons = process.argv.length > 2 ? process.argv.slice(2) : [process.env.PYTHON ?? "python3"];
const launch = path.resolve("build/vsix", thisTarget(), "bundled/launch.py");

for (const python of pythons) {
  console.log(`${python}: ${await hello(python)}`);
}

/** The name and version that the server gives on `initialize`. */
function hello(python) {
  const byteCode = mkdtempSync(path.join(tmpdir(), "backstory-"));
  const args = ["-I", "-S", "-X", "utf8", "-X", `pycache_prefix=${byteCode}`, launch];
  const server = spawn(python, args, { stdio: ["pipe", "pipe", "inherit"] });
  const body = JSON.stringify({
    jsonrpc: "2.0",
    id: 1,
    method: "initialize",
    params: { processId: null, rootUri: null, capabilities: {} },
  });
  server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  return new Promise((resolve, reject) => {
    let said = "";
    const giveUp = setTimeout(() => reject(new Error(`${python}: no answer`)), PATIENCE_MS);
    server.once("error", reject);
    server.once("exit", (status) => reject(new Error(`${python}: the server left with status ${status}`)));
    server.stdout.on("data", (data) => {
      said += data;
      const info = /"serverInfo":\s*(\{[^}]*\})/.exec(said);
      if (info) {
        clearTimeout(giveUp);
        server.removeAllListeners("exit");
        server.kill();
        resolve(info[1]);
      }
    });
  });
}
