// Runs inside VS Code's extension host on the demo's repository: what its API gives. A rejected `run` fails the check.
const assert = require("node:assert/strict");
const vscode = require("vscode");

const PATIENCE_MS = 60_000;

/** Lines of shop/payments.py, 0-based. */
const AGENT = 16;
const PERSON = 30;

let api;
let payments;

async function until(claim, what) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const value = await claim();
    if (value) return value;
    if (Date.now() > end) throw new Error(`not in time: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function hover(uri, line) {
  const place = new vscode.Position(line, 9);
  const hovers = await vscode.commands.executeCommand("vscode.executeHoverProvider", uri, place);
  return hovers.flatMap((each) => each.contents.map((content) => content.value)).join("\n");
}

function statusSays(words) {
  return until(async () => (await api.status()) === words, `“${words}” in the status bar`);
}

async function goTo(line) {
  const editor = await vscode.window.showTextDocument(payments);
  editor.selection = new vscode.Selection(line, 0, line, 0);
}

async function withSetting(name, value, work) {
  const settings = () => vscode.workspace.getConfiguration("backstory");
  await settings().update(name, value, vscode.ConfigurationTarget.Global);
  await work();
  await settings().update(name, undefined, vscode.ConfigurationTarget.Global);
}

const checks = {
  async "the extension activates and gives its API"() {
    const extension = vscode.extensions.getExtension("backstory.backstory");
    api = await extension.activate();
    const [folder] = vscode.workspace.workspaceFolders;
    payments = vscode.Uri.joinPath(folder.uri, "shop", "payments.py");
  },
  async "status bar"() {
    await goTo(AGENT);
    await statusSays("agent · Claude Code");
    await goTo(PERSON);
    await statusSays("person · Priya Raman");
  },
  async "one hover with one set of links"() {
    const words = await hover(payments, AGENT);
    assert.match(words, /Claude Opus 4\.5/);
    assert.equal(words.split("command:backstory.showPrompt").length, 2);
  },
  async marks() {
    const regions = await until(async () => (await api.marks(payments)).length && api.marks(payments), "marks");
    assert.ok(regions.some(({ first, last }) => first <= AGENT && AGENT <= last));
    assert.ok(!regions.some(({ first, last }) => first <= PERSON && PERSON <= last));
    await withSetting("marks", "off", () => until(async () => !(await api.marks(payments)).length, "no marks"));
  },
  async "settings take effect at once"() {
    await withSetting("hover", "off", () => until(async () => !(await hover(payments, AGENT)), "no hover"));
    await until(() => hover(payments, AGENT), "the hover again");
    const full = await hover(payments, AGENT);
    await withSetting("hover", "compact", () =>
      until(async () => (await hover(payments, AGENT)).length < full.length, "a shorter hover"),
    );
    await withSetting("statusBar", false, () => until(async () => !(await api.status()), "no status"));
    await statusSays("person · Priya Raman");
  },
  async "Pause and Resume"() {
    await vscode.commands.executeCommand("backstory.pause");
    await statusSays("paused");
    assert.equal(await hover(payments, AGENT), "");
    assert.deepEqual(await api.marks(payments), []);
    await vscode.commands.executeCommand("backstory.resume");
    await statusSays("person · Priya Raman");
    await until(async () => (await api.marks(payments)).length, "marks again");
  },
  async "an older version answers from its own revision"() {
    const query = JSON.stringify({ path: payments.fsPath, ref: "HEAD" });
    const older = payments.with({ scheme: "git", authority: "", query });
    const document = await vscode.workspace.openTextDocument(older);
    const line = document
      .getText()
      .split("\n")
      .findIndex((each) => each.includes("idempotency_key"));
    assert.match(await until(() => hover(older, line), "a hover"), /Claude Opus 4\.5/);
  },
};

exports.run = async () => {
  for (const [name, check] of Object.entries(checks)) {
    try {
      await check();
    } catch (error) {
      console.log(`FAILED ${name}: ${error.stack}`);
      throw error;
    }
    console.log(`ok ${name}`);
  }
};
