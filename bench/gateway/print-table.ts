import type { Figures } from "./rounds.ts";

/** Prints a table of targets and figures, and beside each figure its ratio to the floor's. */
export function printTable(title: string, rows: Record<string, Figures>): void {
  const names = Object.keys(rows);
  const figures = Object.keys(rows[names[0] ?? ""] ?? {});
  console.log(`\n${title.padEnd(16)}${figures.map((figure) => figure.padStart(24)).join("")}`);
  for (const name of names) {
    const floor = rows[name.endsWith("-2.1") ? "floor-2.1" : "floor"];
    const cells = figures.map((figure) => {
      const value = rows[name]?.[figure] ?? Number.NaN;
      const ratio = floor?.[figure] ? ` (${(value / floor[figure]).toFixed(2)})` : "";
      return `${value >= 100 ? value.toFixed(0) : value.toFixed(2)}${ratio}`.padStart(24);
    });
    console.log(`${name.padEnd(16)}${cells.join("")}`);
  }
}
