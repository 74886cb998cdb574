import type { Interactions } from "./measure-interactions.ts";
import type { Opening, Work } from "./measure-opening.ts";

const TARGETS = { interactive: 1_000, interaction: 100 };

export type Measured = {
  /** How busy the machine was before each round, 0 to 1. */
  busy: number[];
  load: number;
  /** The rounds took precedence over other work. */
  precedence: boolean;
  openings: { first: Opening; again: Opening }[];
  work: Work[];
  interactions: Interactions;
  slowdown: number;
};

const percentile = (values: number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.ceil(values.length * share) - 1)] ??
  Number.NaN;

const quartiles = (values: number[]) => ({ p50: percentile(values, 0.5), p75: percentile(values, 0.75) });
const rounded = (value: number) => value.toFixed(0).padStart(5);

/** Prints what was measured, and answers it for comparing over time. */
export function reportWeb({ busy, precedence, load, openings, work, interactions, slowdown }: Measured) {
  const percent = (share: number) => `${(share * 100).toFixed(0)} %`;
  console.log(
    `Before its rounds the machine was busy to ${busy.map(percent).join(", ")}; load average ${load.toFixed(1)}; ` +
      `${precedence ? "they took precedence" : "they took their turns with other work"}`,
  );

  const visits = {
    first_visit: openings.map(({ first }) => first),
    again: openings.map(({ again }) => again),
  };
  const opening = Object.fromEntries(
    Object.entries(visits).map(([name, visit]) => {
      const times = {
        scripts: quartiles(visit.map(({ scripts }) => scripts)),
        first_row: quartiles(visit.map(({ firstRow }) => firstRow)),
        interactive: quartiles(visit.map(({ interactive }) => interactive)),
      };
      for (const [step, { p50, p75 }] of Object.entries(times))
        console.log(`${`${name} ${step}`.padEnd(28)} p50 ${rounded(p50)} ms  p75 ${rounded(p75)} ms`);
      console.log(`${name}: ${visit[0]?.requests} requests before the first row`);
      return [name, times];
    }),
  );
  compare("first visit", opening.first_visit!.interactive.p75, TARGETS.interactive);

  const worked = {
    scripting: percentile(
      work.map(({ scripting }) => scripting),
      0.5,
    ),
    style_and_layout: percentile(
      work.map(({ styleAndLayout }) => styleAndLayout),
      0.5,
    ),
    other: percentile(
      work.map(({ other }) => other),
      0.5,
    ),
  };
  const sum = worked.scripting + worked.style_and_layout + worked.other;
  console.log(
    `Main thread until interactive: ${sum.toFixed(0)} ms of processor time, ${(sum * slowdown).toFixed(0)} ms slowed down: ` +
      Object.entries(worked)
        .map(([name, time]) => `${name.replaceAll("_", " ")} ${time.toFixed(0)}`)
        .join(", "),
  );

  const all = Object.values(interactions).flat();
  for (const [name, times] of Object.entries(interactions)) {
    const { p50, p75 } = quartiles(times);
    console.log(
      `${name.padEnd(28)} p50 ${rounded(p50)} ms  p75 ${rounded(p75)} ms  longest ${rounded(Math.max(...times))} ms  of ${times.length}`,
    );
  }
  const interaction = quartiles(all);
  compare("all interactions", interaction.p75, TARGETS.interaction);
  return { busy, precedence, load, ...opening, work_ms: worked, interaction_ms: interaction };
}

function compare(name: string, p75: number, target: number) {
  const verdict = p75 <= target ? "within" : "over";
  console.log(`${name}: p75 ${p75.toFixed(0)} ms is ${verdict} the target of ${target} ms`);
}
