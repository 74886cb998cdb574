import { setTimeout as pause } from "node:timers/promises";
import { type Answered, Connection } from "./connection.ts";

export interface LoadOptions {
  port: number;
  request: Buffer;
  /** How many requests are under way at any moment. */
  concurrency: number;
  seconds: number;
  /** No more requests than this; unlimited by default. */
  requests?: number;
  /** Between the beginnings of the first of them, so that long ones do not all begin at once; 0 by default. */
  staggerMs?: number;
  /** Told about each answer as it is complete. */
  onAnswer?: (answer: Answered) => void;
}

export interface LoadResult {
  answers: Answered[];
  seconds: number;
}

/** Keeps `concurrency` requests under way for some time. Throws when anything but 200 is answered. */
export async function load(options: LoadOptions): Promise<LoadResult> {
  const { port, request, concurrency, seconds, staggerMs = 0, onAnswer } = options;
  const requests = options.requests ?? Number.POSITIVE_INFINITY;
  const answers: Answered[] = [];
  const begun = performance.now();
  const until = begun + seconds * 1000;
  let sent = 0;
  async function worker(_: unknown, index: number): Promise<void> {
    if (staggerMs > 0) await pause(index * staggerMs);
    const connection = new Connection(port);
    try {
      while (performance.now() < until && sent < requests) {
        sent++;
        const answer = await connection.send(request);
        if (answer.status !== 200) throw new Error(`the gateway answered ${answer.status}`);
        answers.push(answer);
        onAnswer?.(answer);
      }
    } finally {
      connection.close();
    }
  }
  await Promise.all(Array.from({ length: concurrency }, worker));
  return { answers, seconds: (performance.now() - begun) / 1000 };
}

/** The value below which this share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);
