import { setTimeout as pause } from "node:timers/promises";
import { Connection } from "./connection.ts";
import { printTable } from "./print-table.ts";
import { residentMegabytes } from "./process-figures.ts";
import type { Rounds } from "./rounds.ts";
import { STARTERS, type Surroundings } from "./targets.ts";

const NAMES = ["floor", "ours", "portkey", "floor-2.1", "ours-2.1"];

/** From the start of the process to the first answered completion, and the memory it then takes. */
export async function measureColdStarts(
  around: Surroundings,
  rounds: number,
  wanted: (target: string) => boolean,
): Promise<Rounds> {
  const names = NAMES.filter(wanted);
  const rows: Rounds = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      const begun = performance.now();
      const target = await STARTERS[name]!(around, name);
      await firstAnswer(target.port, target.request());
      const ms = performance.now() - begun;
      await pause(200);
      rows[name]?.push({ ms, "MB idle": residentMegabytes(target.pid) });
      await target.stop();
    }
  }
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
