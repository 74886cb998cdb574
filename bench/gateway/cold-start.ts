import { setTimeout as pause } from "node:timers/promises";
import { Connection } from "./connection.ts";
import { median } from "./load.ts";
import { printTable } from "./print-table.ts";
import { residentMegabytes } from "./process-figures.ts";
import type { Figures } from "./rounds.ts";
import { STARTERS, type Surroundings } from "./targets.ts";

const NAMES = ["floor", "ours", "portkey", "floor-2.1", "ours-2.1"];

/** From the start of the process to the first answered completion, and the memory it then takes. */
export async function measureColdStarts(around: Surroundings, rounds: number): Promise<object> {
  const times = new Map<string, number[]>(NAMES.map((name) => [name, []]));
  const memory = new Map<string, number[]>(NAMES.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of NAMES) {
      const begun = performance.now();
      const target = await STARTERS[name]!(around, name);
      await firstAnswer(target.port, target.request());
      times.get(name)?.push(performance.now() - begun);
      await pause(300);
      memory.get(name)?.push(residentMegabytes(target.pid));
      await target.stop();
    }
  }
  const rows: Record<string, Figures> = Object.fromEntries(
    NAMES.map((name) => [name, { ms: median(times.get(name)!), "MB idle": median(memory.get(name)!) }]),
  );
  printTable("cold start", rows);
  return rows;
}

async function firstAnswer(port: number, request: Buffer): Promise<void> {
  for (;;) {
    const connection = new Connection(port);
    try {
      const { status } = await connection.send(request);
      if (status === 200) return;
    } catch {
      // It does not listen yet.
    } finally {
      connection.close();
    }
    await pause(2);
  }
}
