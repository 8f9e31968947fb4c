/** How a mark in the gutter looks. Pure. A mark's form tells who; its colour only makes it visible. */

import type { Contributor } from "../protocol";

/** Contrast with the editor's background is at least 3:1 (WCAG 2.2, 1.4.11); a test measures it. */
export const COLOURS = { light: "#6F5FC0", dark: "#8A7FD6" } as const;

/** Lines drawn from top to bottom, in hundredths of the mark's height: unbroken, broken, dotted. */
const DASHES: Readonly<Partial<Record<Contributor, string>>> = { ai: "none", mixed: "34 16", bot: "10 15" };

/** Contributors that get a mark. */
export const MARKED = Object.keys(DASHES) as Contributor[];

/** A bar at the left edge of the gutter, where it leaves room for breakpoints; stretches over the line's height. */
export function markImage(contributor: Contributor, theme: keyof typeof COLOURS): string {
  const line = `<path d="M12 0V100" stroke="${COLOURS[theme]}" stroke-width="12" stroke-dasharray="${DASHES[contributor] ?? "none"}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" preserveAspectRatio="none">${line}</svg>`;
}
