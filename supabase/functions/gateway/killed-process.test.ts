import { expect, it } from "vitest";
import { eventually } from "../../../tests/support/eventually.ts";
import { useStack } from "../../../tests/support/stack.ts";
import { startOwnGateway } from "./testing/own-gateway.ts";
import { makeTeam, marker } from "./testing/team.ts";

const CALLERS = 12;

it("of a process that is killed under load, every request its provider served is accounted for, once", async () => {
  const stack = useStack();
  const team = await makeTeam(stack, "Hello.", { config: { model: "gpt-4o-mini" } });
  const doomed = await startOwnGateway(stack);
  const text = marker();
  const answered: string[] = [];
  let alive = true;
  const caller = async (index: number) => {
    while (alive) {
      try {
        const response = await doomed.post(team.key, "/chat/completions", {
          model: `nemo/${team.name}`,
          messages: [{ role: "user", content: text }],
          stream: index % 2 === 0,
        });
        await response.text();
        if (response.status === 200) answered.push(response.headers.get("x-nemo-request-id") as string);
      } catch {
        // The process is gone, and its connections with it.
      }
    }
  };
  const callers = Array.from({ length: CALLERS }, (_, index) => caller(index));
  await eventually(() => expect(answered.length).toBeGreaterThan(60));
  process.kill(doomed.process.pid, "SIGKILL");
  await doomed.process.ended;
  alive = false;
  await Promise.all(callers);

  const served = (await stack.provider.requests(text)).map(
    ({ headers }) => headers["x-client-request-id"] as string,
  );
  expect(new Set(served).size).toBe(served.length);
  const { organizationId } = team.person;
  // The database goes on with what the process had sent it.
  const accounted = () =>
    team.sql`select request_id from nemo.prompt_logs where organization_id = ${organizationId}
             union all select request_id from nemo_private.in_flight where organization_id = ${organizationId}`;
  await eventually(async () => {
    const known = (await accounted()).map(({ request_id }) => request_id);
    expect(new Set(known).size).toBe(known.length);
    expect(served.filter((id) => !known.includes(id))).toEqual([]);
  });

  // A lease lasts half a minute; here the half minute is over at once, and two housekeepers come together. Again, for
  // look-ups that the database carried out after their process was gone.
  const keepHouse = () => team.sql`select nemo_private.gateway_maintain()`;
  await eventually(async () => {
    await team.sql`update nemo_private.in_flight set lease_until = now() - interval '1 second' where organization_id = ${organizationId}`;
    await Promise.all([keepHouse(), keepHouse()]);
    const left =
      await team.sql`select 1 from nemo_private.in_flight where organization_id = ${organizationId}`;
    expect(left).toHaveLength(0);
  });
  await keepHouse();

  const rows = await team.sql`
    select l.request_id, l.status, l.error_code, l.cost_nanousd, sum(-c.amount_nanousd) as charged, count(c.*)::integer as charges
    from nemo.prompt_logs l left join nemo.credit_ledger c using (request_id)
    where l.organization_id = ${organizationId} group by 1, 2, 3, 4`;
  expect(rows.filter(({ cost_nanousd, charged }) => cost_nanousd !== charged)).toEqual([]);
  expect(rows.every(({ charges }) => charges === 1)).toBe(true);
  const logged = new Map(rows.map((row) => [row.request_id, row]));
  for (const id of served) expect(logged.has(id)).toBe(true);
  // What a client has read to its end may only be lost from its own record, never from the account.
  for (const id of answered) expect(logged.has(id)).toBe(true);
  expect(
    rows.filter(({ status, error_code }) => status !== 200 && error_code !== "gateway_interrupted"),
  ).toEqual([]);
});
