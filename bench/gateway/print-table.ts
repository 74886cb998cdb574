import { median } from "./load.ts";
import type { Figures, Rounds } from "./rounds.ts";

const shown = (value: number) => (value >= 100 ? value.toFixed(0) : value.toFixed(2));

export const floorOf = (target: string): string => (target.endsWith("-2.1") ? "floor-2.1" : "floor");

/** Prints the medians of targets' figures, and beside each the median over rounds of its ratio to the floor's. */
export function printTable(title: string, rounds: Rounds): void {
  const names = Object.keys(rounds);
  const figures = Object.keys(rounds[names[0] ?? ""]?.[0] ?? {});
  console.log(`\n${title.padEnd(16)}${figures.map((figure) => figure.padStart(24)).join("")}`);
  for (const name of names) {
    const cells = figures.map((figure) => {
      const ratio = against(rounds, name, floorOf(name), figure, (value, floor) => value / floor);
      return `${shown(medianOf(rounds, name, figure))}${Number.isFinite(ratio) ? ` (${ratio.toFixed(2)})` : ""}`.padStart(
        24,
      );
    });
    console.log(`${name.padEnd(16)}${cells.join("")}`);
  }
}

export const medianOf = (rounds: Rounds, target: string, figure: string): number =>
  median(figuresOf(rounds[target], figure));

/**
 * The median over rounds of two targets' figures compared within a round: the machine may change its speed between
 * rounds, and does so less between one target and the next.
 */
export function against(
  rounds: Rounds,
  target: string,
  other: string,
  figure: string,
  compare: (value: number, other: number) => number,
): number {
  const others = figuresOf(rounds[other], figure);
  return median(
    figuresOf(rounds[target], figure).map((value, round) => compare(value, others[round] ?? Number.NaN)),
  );
}

const figuresOf = (rows: readonly Figures[] | undefined, figure: string): number[] =>
  (rows ?? []).map((row) => row[figure] ?? Number.NaN);
