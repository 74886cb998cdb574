import { setTimeout as pause } from "node:timers/promises";
import type { BenchDatabase } from "./bench-database.ts";
import { type Answered, Connection } from "./connection.ts";
import { quantile } from "./load.ts";
import { type Surroundings, shortRequest, startGateway } from "./targets.ts";

const REQUESTS = 10_000;
const PER_SECOND = 200;
const PAUSE_MS = 100;

interface Activation {
  version: number;
  begunAt: number;
  acknowledgedAt: number;
}

/** How long activations take under 200 requests per second, and how many of 10 000 answers were stale. */
export async function measureActivation(around: Surroundings) {
  const gateway = startGateway(around);
  const port = await gateway.port;
  const activations = [await activate(around.database, 1)];
  let done = false;
  const switching = (async () => {
    while (!done) {
      activations.push(await activate(around.database, 2 - (activations.length % 2 === 0 ? 1 : 0)));
      await pause(PAUSE_MS);
    }
  })();
  const answers = await steadily(port, shortRequest(around.database));
  done = true;
  await switching;
  await gateway.stop();
  const times = activations.slice(1).map(({ begunAt, acknowledgedAt }) => acknowledgedAt - begunAt);
  const result = {
    requests: answers.length,
    activations: times.length,
    stale: answers.filter((answer) => isStale(answer, activations)).length,
    p50ms: quantile(times, 0.5),
    p99ms: quantile(times, 0.99),
  };
  console.log(`\nactivation      ${JSON.stringify(result)}`);
  return result;
}

async function activate(database: BenchDatabase, version: number): Promise<Activation> {
  const begunAt = performance.now();
  await database.activate(version);
  return { version, begunAt, acknowledgedAt: performance.now() };
}

/** Sends requests at a steady pace, as far as answers keep up with it. */
async function steadily(port: number, request: Buffer): Promise<Answered[]> {
  const idle = Array.from({ length: 32 }, () => new Connection(port));
  const answers: Promise<Answered>[] = [];
  const begun = performance.now();
  while (answers.length < REQUESTS) {
    const connection = idle.pop();
    if (!connection || performance.now() < begun + (answers.length * 1000) / PER_SECOND) {
      if (connection) idle.push(connection);
      await pause(1);
      continue;
    }
    answers.push(connection.send(request).finally(() => idle.push(connection)));
  }
  return Promise.all(answers);
}

/**
 * Served neither what was acknowledged last before the request began, nor anything whose activation was under
 * way between then and the answer.
 */
function isStale(answer: Answered, activations: readonly Activation[]): boolean {
  const last = activations.findLastIndex(({ acknowledgedAt }) => acknowledgedAt <= answer.startedAt);
  const allowed = activations.filter(
    ({ begunAt }, index) => index === last || (index > last && begunAt < answer.endedAt),
  );
  return !allowed.some(({ version }) => version === answer.version);
}
