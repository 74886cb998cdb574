import { formatAmount } from "@core/ab/format-amount.ts";
import { METRICS, type Metric } from "@core/ab/metrics.ts";
import type { Tone } from "../../components/status.tsx";
import { dollars } from "../../lib/format.ts";
import type { PredictedEffect, RealisedEffect, RecommendationSummary } from "./api/get-recommendations.ts";

export const tones: Record<RecommendationSummary["severity"], Tone> = {
  info: "neutral",
  warning: "warn",
  error: "bad",
};

const ranks: Record<RecommendationSummary["severity"], number> = { error: 0, warning: 1, info: 2 };

/** `+3.2`, `−1.4`, `0`: a difference always shows its sign. */
export function signed(value: number, text: string): string {
  if (value === 0) return text;
  return value > 0 ? `+${text}` : `−${text.replace(/^[-−]/, "")}`;
}

/** Tokens saved read as a reduction: 12.4 % fewer is `−12.4 %`. */
export function tokenChange({ percent }: NonNullable<PredictedEffect["tokens"]>): string {
  return percent === 0 ? "0 %" : signed(-percent, `${Math.abs(percent)} %`);
}

/** What a saving is in money, for people who pay by the thousand. */
export function costChange({ savedNanousdPer1000 }: NonNullable<PredictedEffect["tokens"]>): string | null {
  if (savedNanousdPer1000 === null) return null;
  return signed(-savedNanousdPer1000, dollars(Math.abs(savedNanousdPer1000)));
}

export function measuredChange(metric: Metric, { difference }: NonNullable<RealisedEffect[Metric]>): string {
  return signed(difference, formatAmount(Math.abs(difference), METRICS[metric].unit));
}

/** Requests of a variant from which on an interval by the normal distribution can be relied on. */
const ENOUGH = 30;
export const SCARCE = `Fewer than ${ENOUGH} requests of a variant: too few for these intervals to be relied on.`;

export function isScarce(effect: RealisedEffect): boolean {
  return Object.values(effect).some(({ control_n, variant_n }) => Math.min(control_n, variant_n) < ENOUGH);
}

/** Recommendations by version, the gravest first in each; versions in the order in which they came. */
export function groupByVersion<T extends RecommendationSummary>(
  all: readonly T[],
): { key: string; items: T[] }[] {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const key = `${one.template_id}@${one.source_version}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const saving = (one: T) => one.predicted_effect.tokens?.percent ?? 0;
  return [...groups].map(([key, items]) => ({
    key,
    items: items.sort((a, b) => ranks[a.severity] - ranks[b.severity] || saving(b) - saving(a)),
  }));
}
