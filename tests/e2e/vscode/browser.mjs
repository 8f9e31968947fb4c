// A browser without a window.
import { execFileSync } from "node:child_process";
import path from "node:path";
import { chromium } from "playwright-core";
import { PATIENCE_MS } from "./until.mjs";

const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // A container's is small, and a page that fills it dies.
  "--disable-dev-shm-usage",
];

export function launchBrowser() {
  const find = path.resolve(import.meta.dirname, "../setup/find-browser");
  const executablePath = execFileSync(find, { encoding: "utf8" }).trim();
  return chromium.launch({ executablePath, headless: true, args: QUIET, timeout: PATIENCE_MS });
}
