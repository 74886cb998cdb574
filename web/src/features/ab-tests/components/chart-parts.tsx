import { variantColour } from "./variant-mark.tsx";

const clock = new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", hour12: false });
const clockWithSeconds = new Intl.DateTimeFormat("en", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hour12: false,
});
const day = new Intl.DateTimeFormat("en", { day: "numeric", month: "short" });

/** As exact as the span of the chart calls for: seconds for minutes, the clock for hours, dates for days. */
export function timeLabel(points: readonly { at: number }[]): (at: number) => string {
  const span = (points.at(-1)?.at ?? 0) - (points[0]?.at ?? 0);
  const format = span < 10 * 60_000 ? clockWithSeconds : span < 36 * 3_600_000 ? clock : day;
  return (at) => format.format(new Date(at));
}

/** How a variant's line is drawn, whatever the chart is of: too few points for a line are dots. */
export function variantLine(letter: string, points: number) {
  return {
    dataKey: letter,
    name: letter,
    stroke: variantColour(letter),
    strokeWidth: 2,
    dot: points < 3,
    isAnimationActive: false,
  };
}

/** Ends of lines closer together than this, in pixels, would have their letters on top of each other. */
const LETTER_HEIGHT = 13;

/**
 * The letter at the end of its line: a label beside what it names instead of a legend to look up. Letters whose
 * lines end together are moved apart; `top` and `height` are those of the plot, for telling how close they are.
 */
export function endLabels(
  points: readonly Record<string, unknown>[],
  letters: readonly string[],
  top: number,
  height: number,
) {
  const ends = letters
    .flatMap((letter) => {
      const index = points.findLastIndex((point) => typeof point[letter] === "number");
      return index < 0 ? [] : [{ letter, index, y: (1 - Number(points[index]?.[letter]) / top) * height }];
    })
    .sort((a, b) => a.y - b.y);
  const moves = new Map<string, { index: number; dy: number }>();
  let lowest = Number.NEGATIVE_INFINITY;
  for (const { letter, index, y } of ends) {
    const free = Math.max(y, lowest + LETTER_HEIGHT);
    lowest = free;
    moves.set(letter, { index, dy: free - y });
  }
  // What was pushed below the plot is moved up again, and what is in its way with it.
  let highest = height;
  for (const { letter, y } of ends.toReversed()) {
    const move = moves.get(letter);
    if (!move) continue;
    move.dy = Math.min(y + move.dy, highest) - y;
    highest = y + move.dy - LETTER_HEIGHT;
  }
  return (letter: string) =>
    ({ x, y, index }: { x?: unknown; y?: unknown; index?: number }) => {
      const move = moves.get(letter);
      if (index !== move?.index || typeof x !== "number" || typeof y !== "number") return null;
      return (
        <text
          x={x + 8}
          y={y + 4 + (move?.dy ?? 0)}
          fontSize={12}
          fontWeight={600}
          fill={variantColour(letter)}
        >
          {letter}
        </text>
      );
    };
}

/** A step of 1, 2 or 5 times a power of ten that divides this into two to four. */
export function niceStep(reach: number): number {
  const power = 10 ** Math.floor(Math.log10(reach));
  const share = reach / power;
  return power * (share >= 5 ? 2 : share >= 2 ? 1 : 0.5);
}
