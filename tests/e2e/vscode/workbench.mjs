// What a person does in VS Code, in their words. Everything waits until VS Code shows that it has understood.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { PATIENCE_MS, until } from "./until.mjs";

const GROUP = ".editor-group-container.active";
const EDITOR = `${GROUP} .monaco-editor[role="code"], ${GROUP} .monaco-editor`;
/** An editor's; what the rest of the window says of itself under the mouse is another kind. */
const HOVER = ".monaco-hover:not(.hidden):not(.workbench-hover)";
const STATUS = '.statusbar-item[id="backstory.backstory.line"]';
const SIZE = { width: 1280, height: 800 };
/** Between the title and the buttons beside it: nothing there answers to a mouse, and it lies over no editor. */
const NOWHERE = [0.75 * SIZE.width, 15];

export class Workbench {
  /**
   * @param {import("playwright-core").Page} page
   * @param {string} screenshots the folder for pictures
   */
  constructor(page, screenshots) {
    this.page = page;
    this.screenshots = screenshots;
  }

  /** Open a folder, or a `.code-workspace` file, in a fresh window. */
  static async open(browser, url, folder, screenshots) {
    const context = await browser.newContext({ viewport: SIZE, permissions: ["clipboard-read", "clipboard-write"] });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const what = folder.endsWith(".code-workspace") ? "workspace" : "folder";
    await page.goto(`${url}/?${what}=${encodeURIComponent(folder)}`);
    await page
      .locator(".explorer-folders-view .monaco-list-row")
      .first()
      .waitFor({ timeout: 2 * PATIENCE_MS });
    await page.mouse.move(...NOWHERE);
    return new Workbench(page, screenshots);
  }

  async run(command) {
    await this.page.keyboard.press("F1");
    await this.quickInput().fill(`>${command}`);
    await this.quickRow(command).click();
  }

  async openFile(name) {
    await this.page.keyboard.press("Control+P");
    await this.quickInput().fill(name);
    const base = path.basename(name);
    // Several folders hold files of one name, and the list still shows those that were open last.
    const where = path.isAbsolute(name) ? path.basename(path.dirname(path.dirname(name))) : "";
    await this.quickRow(base).filter({ hasText: where }).first().click();
    await this.tab(base).waitFor();
    const document = path.isAbsolute(name) ? `${GROUP} [data-uri$="${name}"]` : EDITOR;
    await this.page.locator(`${document} >> .view-line`).first().waitFor();
    await this.editorHasFocus();
  }

  quickInput() {
    return this.page.locator(".quick-input-widget .quick-input-box input");
  }

  /** The rows of the list that opens at the top of the window, by their whole label. */
  quickRow(label) {
    const whole = this.page.locator(".label-name", { hasText: exactly(label) });
    return this.page.locator(".quick-input-list .monaco-list-row").filter({ has: whole });
  }

  async editorHasFocus() {
    await this.page.locator(".quick-input-widget").waitFor({ state: "hidden" });
    await this.page.locator(`${GROUP} .monaco-editor.focused`).first().waitFor();
  }

  tab(name) {
    return this.page.locator(`${GROUP} .tab.active`, { hasText: name });
  }

  async closeEditor(name) {
    await this.run("View: Close Editor");
    await this.page.locator(".tab", { hasText: name }).waitFor({ state: "detached" });
  }

  /** Leave an editor of VS Code's own, which newer versions lay over everything, for a file that is open. */
  async backTo(name) {
    await this.page.keyboard.press("Escape");
    await this.page.locator(".tab", { hasText: name }).click();
    await this.tab(name).waitFor();
  }

  async goTo(line, column = 1) {
    await this.page.keyboard.press("Control+G");
    await this.quickInput().fill(`:${line}:${column}`);
    await this.page.keyboard.press("Enter");
    await this.editorHasFocus();
    await this.cursorIsOn(line);
  }

  async cursorIsOn(line) {
    await this.page.locator('.statusbar-item[id="status.editor.selection"]', { hasText: `Ln ${line},` }).waitFor();
  }

  /** A line of the editor in front, by a piece of its text. */
  line(text) {
    return this.page.locator(`${GROUP} .view-line`, { hasText: text }).first();
  }

  /** Hover a word by mouse; return the hover's parts. */
  async hoverWord(word) {
    await this.page.locator(`${GROUP} .view-line span span`, { hasText: word }).first().hover();
    return this.hoverParts();
  }

  /** Show the hover at a place by keyboard; return its parts. */
  async hoverAt(line, column) {
    await this.goTo(line, column);
    await this.page.keyboard.press("Control+K");
    await this.page.locator(".statusbar-item", { hasText: "(Ctrl+K) was pressed" }).waitFor();
    await this.page.keyboard.press("Control+I");
    return this.hoverParts();
  }

  hoverLink(text) {
    return this.page.locator(`${HOVER} a`, { hasText: text });
  }

  /** The texts of the hover's parts, top to bottom, once all of them are there. */
  async hoverParts() {
    const parts = this.page.locator(`${HOVER} .hover-row .rendered-markdown`);
    const texts = async () => (await parts.allInnerTexts()).map((each) => each.trim());
    const isWhole = (all) => all.length > 0 && all.every((each) => each && !each.includes("Loading..."));
    return until(async () => {
      const all = await texts();
      return isWhole(all) && all;
    }, "a hover");
  }

  /** How many lines the hover takes, links and rules included; as soon as it has its place on the screen. */
  async hoverLines() {
    const rows = this.page.locator(`${HOVER} .hover-row`);
    const lines = () =>
      rows.evaluateAll((all) =>
        all.reduce((sum, row) => {
          const line = parseFloat(getComputedStyle(row.querySelector(".rendered-markdown")).lineHeight);
          return sum + row.getBoundingClientRect().height / line;
        }, 0),
      );
    return Math.round((await until(lines, "a hover that can be seen")) * 10) / 10;
  }

  /** Where the hover's rows with these texts are; looked at in one go, for the hover grows as answers arrive. */
  async hoverRows(...texts) {
    const rows = this.page.locator(`${HOVER} .hover-row`);
    return until(
      async () => {
        const found = await rows.evaluateAll((all, wanted) => {
          const place = (row) => {
            const { top, bottom } = row.getBoundingClientRect();
            const frame = row.closest(".monaco-hover").getBoundingClientRect();
            return { top, bottom, isInView: frame.top <= top && bottom <= frame.bottom };
          };
          return wanted
            .map((text) => all.find((row) => row.textContent.includes(text)))
            .map((row) => row && place(row));
        }, texts);
        return found.every((each) => each) && found;
      },
      `a hover with ${texts.join(" and ")}`,
    );
  }

  async dismissHover() {
    await this.page.mouse.move(...NOWHERE);
    await this.page.keyboard.press("Escape");
    await until(async () => (await this.page.locator(`${HOVER} .hover-row`).count()) === 0, "no hover");
  }

  /** Our marks in the gutter. */
  marks() {
    return this.page.locator(`${GROUP} .glyph-margin-widgets [class*="ced-"]`);
  }

  /** The numbers of the lines that have a mark. */
  markedLines() {
    return this.page
      .locator(`${GROUP} .monaco-editor`)
      .first()
      .evaluate((editor) => {
        const top = (each) => Math.round(each.getBoundingClientRect().top);
        const numbers = [...editor.querySelectorAll(".margin .line-numbers")].map((each) => [
          top(each),
          Number(each.textContent),
        ]);
        const byTop = new Map(numbers);
        const marks = [...editor.querySelectorAll('.glyph-margin-widgets [class*="ced-"]')];
        return marks.map((each) => byTop.get(top(each))).sort((a, b) => a - b);
      });
  }

  /** The text of our status bar item. */
  statusBar() {
    return this.page.locator(STATUS);
  }

  /** Wait until our status bar item says something. */
  async statusSays(text) {
    await this.page.locator(STATUS, { hasText: text }).waitFor();
  }

  /** Click our status bar item; return what it says to do, and keep a picture when that has a name. */
  async help(picture) {
    await this.statusBar().click();
    const message = this.page.locator(".notifications-toasts .notification-toast").first();
    const words = await message.locator(".notification-list-item-message").innerText();
    if (picture) {
      await this.shot(picture);
    }
    await this.run("Notifications: Clear All Notifications");
    await message.waitFor({ state: "detached" });
    return words;
  }

  notification(text) {
    return this.page.locator(".notifications-toasts .notification-toast", { hasText: text });
  }

  /** Wait until a notification has exactly these buttons. */
  async notificationOffers(text, buttons) {
    const shown = this.notification(text).locator("a.monaco-button");
    await until(async () => assert.deepEqual(await shown.allInnerTexts(), buttons) ?? true, `buttons of “${text}”`);
  }

  async shot(name) {
    mkdirSync(this.screenshots, { recursive: true });
    await this.page.screenshot({ path: path.join(this.screenshots, `${name}.png`), animations: "disabled" });
  }
}

function exactly(text) {
  return new RegExp(`^${text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);
}
