import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { COLOURS, formOf, FORMS, markImage } from "../../client/src/glance/mark";
import { wordsFor } from "../../client/src/glance/words";
import type { LineState } from "../../client/src/protocol";

const KNOWN: LineState = {
  state: "agent · Claude Code",
  code: null,
  reason: null,
  command: null,
  contributor: "ai",
  basis: "recorded",
  tool: "claude",
  model: null,
  session: null,
  revision: "a".repeat(40),
};

const EDITORS = { light: "#FFFFFF", dark: "#1F1F1F", highContrast: "#000000", highContrastLight: "#FFFFFF" };

test("each state of the server has words of its own", () => {
  const at = { state: undefined, line: 0 };
  const said = [
    wordsFor({ kind: "missing", reason: "No Python." }, undefined),
    wordsFor({ kind: "stopped", reason: "It stopped." }, undefined),
    wordsFor({ kind: "restricted" }, at),
    wordsFor({ kind: "starting" }, at),
    wordsFor({ kind: "running" }, at),
    wordsFor({ kind: "running" }, { state: KNOWN, line: 0 }),
  ].map((words) => words?.text);
  assert.equal(new Set(said).size, 6);
  assert.ok(said.every(Boolean));
});

test("what helps stands in the tooltip", () => {
  const state = { ...KNOWN, state: "shallow clone", reason: "Cut.", command: "git fetch --unshallow" };
  assert.match(
    wordsFor({ kind: "running" }, { state, line: 4 })?.tooltip ?? "",
    /Line 5[^]*Cut\.[^]*git fetch --unshallow/,
  );
});

test("marks differ by form, not by colour alone", () => {
  for (const theme of ["light", "dark"] as const) {
    const images = FORMS.map((form) => markImage(form, theme).replaceAll(/#[0-9A-F]{6}/g, ""));
    assert.equal(new Set(images).size, FORMS.length);
  }
});

test("a mark is unbroken only where a record speaks of the lines themselves", () => {
  assert.equal(formOf({ contributor: "ai", basis: "recorded" }), "solid");
  assert.equal(formOf({ contributor: "ai", basis: "authored" }), "solid");
  assert.equal(formOf({ contributor: "ai", basis: "declared" }), "broken");
  assert.equal(formOf({ contributor: "mixed", basis: "recorded" }), "broken");
  assert.equal(formOf({ contributor: "bot", basis: "authored" }), "dotted");
});

test("marks stand out from the editor's background by 3:1 in every kind of theme", () => {
  for (const [theme, background] of Object.entries(EDITORS)) {
    const colour = theme === "light" || theme === "highContrastLight" ? COLOURS.light : COLOURS.dark;
    assert.ok(contrast(colour, background) >= 3, `${theme}: ${contrast(colour, background).toFixed(2)}`);
  }
});

test("our colours stand out: 3:1 for the ruler, 4.5:1 for text", () => {
  const { contributes } = JSON.parse(readFileSync("package.json", "utf8")) as {
    contributes: { colors: { id: string; defaults: Record<keyof typeof EDITORS, string> }[] };
  };
  assert.ok(contributes.colors.length > 0);
  for (const { id, defaults } of contributes.colors) {
    const least = id.endsWith("Foreground") ? 4.5 : 3;
    for (const [theme, background] of Object.entries(EDITORS)) {
      const ratio = contrast(defaults[theme as keyof typeof EDITORS], background);
      assert.ok(ratio >= least, `${id} in ${theme}: ${ratio.toFixed(2)}`);
    }
  }
});

/** Source: WCAG 2.2, contrast ratio. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
