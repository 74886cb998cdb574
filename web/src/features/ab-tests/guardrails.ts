import type { Metric } from "@core/ab/metrics.ts";
import { count as number } from "../../lib/format.ts";
import { metricValue } from "./metric-value.ts";

/** A limit as the database keeps it: see docs/ab-tests.md for the units of each metric. */
export type Guardrail = {
  metric: Metric;
  limit?: number;
  worse_than_control_by?: number;
  min_count?: number;
};

/** Why a variant was stopped: the values counted, and their mean (of p95 the share of requests above the limit). */
export type Breach = { guardrail: Guardrail; count: number; measured: number };

export type Bound = "limit" | "worse_than_control_by";

/** What a person types for each bound of each metric: a unit, and how many of the database's it is. */
type Unit = { words: string; factor: number };

const percent: Unit = { words: "%", factor: 0.01 };
const points: Unit = { words: "points", factor: 0.01 };

const units: Record<Metric, Partial<Record<Bound, Unit>>> = {
  error_rate: { limit: percent, worse_than_control_by: points },
  quality: { limit: { words: "score, 0 to 1", factor: 1 }, worse_than_control_by: points },
  cost: { limit: { words: "$ per request", factor: 1e9 }, worse_than_control_by: percent },
  latency: { limit: { words: "ms", factor: 1 }, worse_than_control_by: percent },
  latency_p95: { limit: { words: "ms", factor: 1 } },
  tokens: { limit: { words: "tokens", factor: 1 }, worse_than_control_by: percent },
};

/** What the database guards when nothing is said. */
export const USUAL_GUARDRAILS: readonly Guardrail[] = [
  { metric: "error_rate", worse_than_control_by: 0.05, min_count: 100 },
];

export function boundsOf(metric: Metric): Bound[] {
  return Object.keys(units[metric]) as Bound[];
}

export function unitOf(metric: Metric, bound: Bound): string {
  return units[metric][bound]?.words ?? "";
}

/** Digits that floating point adds to 0.07 * 100 are not what anybody typed. */
function plain(value: number): number {
  return Number(value.toPrecision(12));
}

/** A bound as a person reads and types it: 0.05 of the error rate is "5". */
export function typedBound(guardrail: Guardrail): { bound: Bound; typed: string } {
  const bound: Bound = guardrail.limit === undefined ? "worse_than_control_by" : "limit";
  const value = guardrail[bound] ?? 0;
  return { bound, typed: String(plain(value / (units[guardrail.metric][bound]?.factor ?? 1))) };
}

/** What was typed, in the database's unit; null when it is no number above zero. */
export function readBound(metric: Metric, bound: Bound, typed: string): number | null {
  const value = Number(typed.trim().replace(",", "."));
  const factor = units[metric][bound]?.factor;
  if (typed.trim() === "" || !Number.isFinite(value) || value <= 0 || factor === undefined) return null;
  return plain(value * factor);
}

const names: Record<Metric, string> = {
  error_rate: "error rate",
  quality: "quality",
  cost: "cost",
  latency: "mean latency",
  latency_p95: "p95 latency",
  tokens: "tokens",
};

/** "error rate more than 5 points above A", "quality below 0.6 (score, 0 to 1)". */
export function guardrailSentence(guardrail: Guardrail): string {
  const { bound, typed } = typedBound(guardrail);
  const worse = guardrail.metric === "quality" ? "below" : "above";
  const amount = amountWords(typed, unitOf(guardrail.metric, bound));
  return bound === "limit"
    ? `${names[guardrail.metric]} ${worse} ${amount}`
    : `${names[guardrail.metric]} more than ${amount} ${worse} A`;
}

/** "Error rate 40 % over 200 requests; the guardrail is error rate above 20 %." */
export function breachSentence({ guardrail, count: counted, measured }: Breach): string {
  const { metric } = guardrail;
  const of = metric === "quality" ? "rated requests" : "requests";
  const found =
    metric === "latency_p95"
      ? `${metricValue("error_rate", measured)} of ${number(counted)} requests above the limit, where 5 % may be`
      : `${capital(names[metric])} ${metricValue(metric, measured)} over ${number(counted)} ${of}`;
  return `${found}; the guardrail is ${guardrailSentence(guardrail)}.`;
}

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

function amountWords(typed: string, unit: string): string {
  if (unit.startsWith("$")) return `$${typed} per request`;
  if (unit.startsWith("score")) return typed;
  return `${typed} ${unit}`;
}
