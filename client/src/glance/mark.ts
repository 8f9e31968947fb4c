/** How a mark in the gutter looks. Pure. A mark's form tells who; its colour only makes it visible. */

import type { Region } from "../protocol";

/** Contrast with the editor's background is at least 3:1 (WCAG 2.2, 1.4.11); a test measures it. */
export const COLOURS = { light: "#6F5FC0", dark: "#8A7FD6" } as const;

/** The agent's lines; lines that may be a person's too; a robot's. */
export type Form = "solid" | "broken" | "dotted";

/** Stroke and gap, in hundredths of a line's height. */
const DASHES: Readonly<Record<Form, string>> = { solid: "none", broken: "34 16", dotted: "10 15" };

export const FORMS = Object.keys(DASHES) as Form[];

/** Records that speak of a whole commit or file: the single line may be somebody's own. */
const OF_THE_WHOLE = new Set(["declared", "marked"]);

export function formOf({ contributor, basis }: Pick<Region, "contributor" | "basis">): Form {
  if (contributor === "bot") {
    return "dotted";
  }
  return contributor === "mixed" || OF_THE_WHOLE.has(basis) ? "broken" : "solid";
}

/** A bar at the left edge of the gutter, where it leaves room for breakpoints; stretches over the line's height. */
export function markImage(form: Form, theme: keyof typeof COLOURS): string {
  const line = `<path d="M12 0V100" stroke="${COLOURS[theme]}" stroke-width="12" stroke-dasharray="${DASHES[form]}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" preserveAspectRatio="none">${line}</svg>`;
}
