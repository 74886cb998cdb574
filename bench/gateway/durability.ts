import { setTimeout as pause } from "node:timers/promises";
import type { Answered } from "./connection.ts";
import { load, quantile } from "./load.ts";
import { type Surroundings, shortRequest, startGateway } from "./targets.ts";

/** Whether answers are in log and ledger: under load, and of a process that is killed in the middle of it. */
export async function measureDurability(around: Surroundings) {
  const { sql } = around.database;
  const request = shortRequest(around.database);
  const gateway = startGateway(around);
  const port = await gateway.port;
  const answered = new Map<string, number>();
  const onAnswer = ({ requestId }: Answered) => answered.set(requestId as string, Date.now());
  await load({ port, request, concurrency: 16, seconds: 2, onAnswer });
  await pause(1_000);
  const ids = [...answered.keys()];
  const rows = await sql<{ request_id: string; logged: boolean; written: Date }[]>`
    select e.request_id, l.request_id is not null as logged, e.created_at as written
    from nemo.credit_ledger e left join nemo.prompt_logs l on l.request_id = e.request_id
    where e.request_id = any (${ids}::uuid[])`;
  const lags = rows.map((row) => row.written.getTime() - answered.get(row.request_id)!);
  const calm = {
    answered: ids.length,
    notInLedger: ids.length - rows.length,
    notInLog: rows.filter((row) => !row.logged).length + ids.length - rows.length,
    writtenAfterMsP50: quantile(lags, 0.5),
    writtenAfterMsMax: Math.max(...lags),
  };

  answered.clear();
  const running = load({ port, request, concurrency: 16, seconds: 10, onAnswer }).catch(() => {});
  await pause(2_000);
  process.kill(gateway.pid, "SIGKILL");
  await running;
  await pause(1_000);
  const killed = [...answered.keys()];
  const [after] = await sql<{ logged: number; in_flight: number }[]>`
    select (select count(*)::integer from nemo.prompt_logs where request_id = any (${killed}::uuid[])) as logged,
      (select count(*)::integer from nemo_private.in_flight where request_id = any (${killed}::uuid[])) as in_flight`;
  const result = {
    ...calm,
    killed: { answered: killed.length, logged: after!.logged, keptForSettling: after!.in_flight },
  };
  console.log(`\ndurability      ${JSON.stringify(result)}`);
  return result;
}
