/** A database that goes away, is slow, or is full. */
import { describe, expect, it } from "vitest";
import { eventually } from "../../../tests/support/eventually.ts";
import { useStack } from "../../../tests/support/stack.ts";
import { idOf, useFaultyGateway, userSays } from "./testing/faulty-gateway.ts";
import { postgresLog } from "./testing/postgres-log.ts";

const stack = useStack();
const faulty = useFaultyGateway(stack, { NEMO_DB_TIMEOUT_MS: "3000" });

/** A key whose look-ups take turns. */
async function limitedKey(): Promise<{ id: string; key: string }> {
  const made = await faulty.team.person.client
    .rpc("create_api_key", {
      organization_id: faulty.team.person.organizationId,
      name: "limited",
      requests_per_minute: 1000,
    })
    .single<{ id: string; key: string }>();
  if (made.error) throw new Error(made.error.message);
  return made.data;
}

describe("a database that goes away", () => {
  it("before a request is 503, no provider is called, and it is served again when it is back", async () => {
    const text = faulty.marker();
    faulty.link.cut();
    // At once, while the driver has not yet noticed, and again when it has.
    const [response] = await Promise.all([faulty.ask({}, text), faulty.ask({}, text)]);
    expect([response.status, await response.json()]).toMatchObject([
      503,
      { error: { code: "database_unavailable" } },
    ]);
    expect((await fetch(`${faulty.gateway.url}/health`)).status).toBe(503);
    expect(await stack.provider.requests(text)).toEqual([]);
    faulty.link.mend();
    await eventually(async () => expect((await faulty.ask({}, faulty.marker())).status).toBe(200));
  });

  it("while the provider works, or while it streams, costs the client nothing, and is logged when it is back", async () => {
    const [text, streamed] = [faulty.marker(), faulty.marker()];
    const [waiting, streaming] = [
      faulty.ask({ latencyMs: 900 }, text),
      faulty.ask({ chunks: 12, chunkDelayMs: 75 }, streamed, true),
    ];
    for (const one of [text, streamed])
      await eventually(async () => expect(await stack.provider.requests(one)).toHaveLength(1), 5);
    faulty.link.cut();
    const [response, stream] = await Promise.all([waiting, streaming]);
    expect([response.status, ((await response.json()) as { object: string }).object]).toEqual([
      200,
      "chat.completion",
    ]);
    expect(await stream.text()).toMatch(/data: \[DONE\]\n\n$/);
    faulty.link.mend();
    expect(await faulty.settled(response, text)).toMatchObject({ status: 200, error_code: null });
    expect(await faulty.settled(stream, streamed)).toMatchObject({
      status: 200,
      error_code: null,
      usage_estimated: false,
    });
  });
});

it("a look-up that is given up after three seconds leaves nothing to pay for, whenever the database carries it out", async () => {
  const limited = await limitedKey();
  const holder = await faulty.team.sql.reserve();
  const text = faulty.marker();
  try {
    // What look-ups of a key with a limit wait for.
    await holder`select pg_advisory_lock(hashtextextended(${limited.id}::text, 1))`;
    const response = await faulty.gateway.post(limited.key, "/chat/completions", {
      model: "fake-gpt",
      messages: userSays(text),
    });
    expect([response.status, await response.json()]).toMatchObject([
      503,
      { error: { code: "database_unavailable" } },
    ]);
    const requestId = idOf(response);
    await eventually(async () =>
      expect(
        await faulty.team.sql`select from nemo_private.withdrawn_requests where request_id = ${requestId}`,
      ).toHaveLength(1),
    );
    await holder`select pg_advisory_unlock(hashtextextended(${limited.id}::text, 1))`;
    // The look-up is carried out at last, for nobody.
    const inFlight = () =>
      faulty.team.sql`select from nemo_private.in_flight where request_id = ${requestId}`;
    await eventually(async () => expect(await inFlight()).toHaveLength(1));
    await faulty.team
      .sql`update nemo_private.in_flight set lease_until = now() - interval '1 second' where request_id = ${requestId}`;
    await faulty.team.sql`select nemo_private.gateway_maintain()`;
    expect(await inFlight()).toHaveLength(0);
    expect(await faulty.team.sql`select from nemo.prompt_logs where request_id = ${requestId}`).toHaveLength(
      0,
    );
    expect(
      await faulty.team.sql`select from nemo.credit_ledger where request_id = ${requestId}`,
    ).toHaveLength(0);
    expect(await stack.provider.requests(text)).toEqual([]);
  } finally {
    holder.release();
  }
});

it("a full disk under the log holds up no answer, and the charge comes once when there is room", async () => {
  const text = faulty.marker();
  const name = `disk_full_${text.slice(0, 8)}`;
  await faulty.team.sql.unsafe(`
    create function public.${name}() returns trigger language plpgsql as $$
    begin
      if new.organization_id = '${faulty.team.person.organizationId}' then
        raise exception using errcode = '53100', message = 'no space left: ${name}';
      end if;
      return new;
    end $$;
    create trigger ${name} before insert on nemo.prompt_logs for each row execute function public.${name}();`);
  let response: Response;
  try {
    response = await faulty.ask({}, text);
    expect([response.status, ((await response.json()) as { object: string }).object]).toEqual([
      200,
      "chat.completion",
    ]);
    await eventually(async () =>
      expect(await postgresLog(faulty.team.sql)).toContain(`no space left: ${name}`),
    );
    expect(
      await faulty.team.sql`select 1 from nemo.prompt_logs where request_id = ${idOf(response)}`,
    ).toHaveLength(0);
    expect(
      await faulty.team.sql`select 1 from nemo.credit_ledger where request_id = ${idOf(response)}`,
    ).toHaveLength(0);
  } finally {
    await faulty.team.sql.unsafe(`drop function public.${name}() cascade`);
  }
  expect(await faulty.settled(response, text)).toMatchObject({ status: 200 });
});

it("whatever went wrong, neither its output nor the log of Postgres names a text, a key or a secret", () =>
  faulty.expectDiscretion());
