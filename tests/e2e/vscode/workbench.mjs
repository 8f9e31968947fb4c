// What a person does in VS Code, in their words.
import { mkdirSync } from "node:fs";
import path from "node:path";
import { chromium } from "playwright-core";

const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const EDITOR =
  '.editor-group-container.active .monaco-editor[role="code"], .editor-group-container.active .monaco-editor';
const HOVER = ".monaco-hover:not(.hidden)";
const KEYBOARD_TRIES = 6;
const KEYBOARD_MS = 3_000;
const SIZE = { width: 1280, height: 800 };

export function launchBrowser() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", headless: true, args: QUIET });
}

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
    page.setDefaultTimeout(20_000);
    const what = folder.endsWith(".code-workspace") ? "workspace" : "folder";
    await page.goto(`${url}/?${what}=${encodeURIComponent(folder)}`);
    await page.locator(".monaco-workbench").waitFor({ timeout: 60_000 });
    await page.locator(".explorer-folders-view .monaco-list-row").first().waitFor({ timeout: 60_000 });
    return new Workbench(page, screenshots);
  }

  async close() {
    await this.page.context().close();
  }

  async run(command) {
    await this.page.keyboard.press("F1");
    const input = this.page.locator(".quick-input-widget .quick-input-box input");
    await input.waitFor();
    await input.fill(`>${command}`);
    await this.page.locator(".quick-input-list .monaco-list-row", { hasText: command }).first().waitFor();
    await this.page.keyboard.press("Enter");
  }

  async openFile(name) {
    await this.page.keyboard.press("Control+P");
    const input = this.page.locator(".quick-input-widget .quick-input-box input");
    await input.waitFor();
    await input.fill(name);
    const base = path.basename(name);
    let row = this.page.locator(".quick-input-list .monaco-list-row", { hasText: base });
    if (path.isAbsolute(name)) {
      // Several folders hold files of one name, and the list still shows those that were open last.
      row = row.filter({ hasText: path.basename(path.dirname(path.dirname(name))) });
    }
    await row.first().click();
    await this.tab(base).waitFor();
    const document = path.isAbsolute(name) ? `.editor-group-container.active [data-uri$="${name}"]` : EDITOR;
    await this.page.locator(`${document} >> .view-line`).first().waitFor();
  }

  tab(name) {
    return this.page.locator(".editor-group-container.active .tab.active", { hasText: name });
  }

  /** Leave an editor of VS Code's own, which newer versions lay over everything, for a file that is open. */
  async backTo(name) {
    await this.page.keyboard.press("Escape");
    await this.page.locator(".tab", { hasText: name }).click();
  }

  async goTo(line, column = 1) {
    await this.page.keyboard.press("Control+G");
    const input = this.page.locator(".quick-input-widget .quick-input-box input");
    await input.waitFor();
    await input.fill(`:${line}:${column}`);
    await this.page.keyboard.press("Enter");
    await this.page.locator(".quick-input-widget").waitFor({ state: "hidden" });
  }

  /** A line of the editor in front, by a piece of its text. */
  line(text) {
    return this.page.locator(".editor-group-container.active .view-line", { hasText: text }).first();
  }

  /** Hover a word by mouse; return the hover's parts. */
  async hoverWord(word) {
    const token = this.page.locator(".editor-group-container.active .view-line span span", { hasText: word }).first();
    await token.hover();
    return this.hoverParts();
  }

  /** Show the hover at a place by keyboard; return its parts. */
  async hoverAt(line, column) {
    await this.goTo(line, column);
    for (let left = KEYBOARD_TRIES; ; left--) {
      await this.page.keyboard.press("Control+K");
      await this.page.keyboard.press("Control+I");
      try {
        await this.hover().first().waitFor({ timeout: KEYBOARD_MS });
        return await this.hoverParts();
      } catch (error) {
        // A busy machine lets the two strokes of the chord fall apart.
        if (left <= 1) {
          throw error;
        }
      }
    }
  }

  hover() {
    return this.page.locator(`${HOVER} .hover-row .rendered-markdown`);
  }

  hoverLink(text) {
    return this.page.locator(`${HOVER} a`, { hasText: text });
  }

  async hoverParts() {
    await this.hover().first().waitFor();
    for (;;) {
      const parts = await this.hover().allInnerTexts();
      if (parts.length > 0 && !parts.some((part) => part.includes("Loading..."))) {
        return parts;
      }
      await this.hover().first().waitFor();
    }
  }

  /** How many lines the hover takes, links and rules included. */
  async hoverLines() {
    const rows = this.page.locator(`${HOVER} .hover-row`);
    const heights = await rows.evaluateAll((all) =>
      all.map((row) => {
        const line = parseFloat(getComputedStyle(row.querySelector(".rendered-markdown")).lineHeight);
        return row.getBoundingClientRect().height / line;
      }),
    );
    return Math.round(heights.reduce((sum, each) => sum + each, 0) * 10) / 10;
  }

  /** Our marks in the gutter. */
  marks() {
    return this.page.locator('.editor-group-container.active .glyph-margin-widgets [class*="ced-"]');
  }

  /** The numbers of the lines that have a mark. */
  async markedLines() {
    const tops = await this.marks().evaluateAll((all) => all.map((each) => each.getBoundingClientRect().top));
    const numbers = await this.page
      .locator(".editor-group-container.active .margin .line-numbers")
      .evaluateAll((all) => all.map((each) => [each.getBoundingClientRect().top, Number(each.textContent)]));
    const byTop = new Map(numbers.map(([top, number]) => [Math.round(top), number]));
    return tops.map((top) => byTop.get(Math.round(top))).sort((a, b) => a - b);
  }

  async dismissHover() {
    await this.page.mouse.move(SIZE.width - 200, SIZE.height - 60);
    await this.page.keyboard.press("Escape");
    await this.page.waitForFunction((hover) => !document.querySelector(hover), `${HOVER} .hover-row`);
  }

  /** The text of our status bar item. */
  statusBar() {
    return this.page.locator('.statusbar-item[id="backstory.backstory.line"]');
  }

  /** Wait until our status bar item says something. */
  async statusSays(text) {
    await this.page.locator('.statusbar-item[id="backstory.backstory.line"]', { hasText: text }).waitFor();
  }

  /** Click our status bar item; return what it says to do, and keep a picture when that has a name. */
  async help(picture) {
    await this.statusBar().click();
    const message = this.page.locator(".notifications-toasts .notification-toast").first();
    await message.waitFor();
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

  async shot(name) {
    mkdirSync(this.screenshots, { recursive: true });
    await this.page.screenshot({ path: path.join(this.screenshots, `${name}.png`), animations: "disabled" });
  }
}
