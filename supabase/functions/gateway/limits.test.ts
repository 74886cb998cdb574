import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../../../tests/support/eventually.ts";
import { useStack } from "../../../tests/support/stack.ts";
import { type OwnGateway, startOwnGateway } from "./testing/own-gateway.ts";
import { makeTeam, marker, type Team } from "./testing/team.ts";

const stack = useStack();
let other: OwnGateway;
beforeAll(async () => {
  other = await startOwnGateway(stack);
});
afterAll(() => other?.process.stop());

/** A team whose key has these limits, columns of `nemo.api_keys`. */
async function limited(columns: string): Promise<Team> {
  const team = await makeTeam(stack, "Hello.");
  await team.sql.unsafe(
    `update nemo.api_keys set ${columns} where organization_id = '${team.person.organizationId}'`,
  );
  return team;
}

const body = (model = "fake-gpt", text = marker()) => ({
  model,
  messages: [{ role: "user", content: text }],
});
const codeOf = async (response: Response) =>
  [response.status, ((await response.json()) as { error?: { code: string } }).error?.code] as const;

describe("requests per minute", () => {
  it("are counted exactly by two processes that are asked at once", async () => {
    const team = await limited("requests_per_minute = 12");
    const text = marker();
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        index % 2 === 0
          ? team.post("/chat/completions", body("fake-gpt", text))
          : other.post(team.key, "/chat/completions", body("fake-gpt", text)),
      ),
    );
    const served = answers.filter(({ status }) => status === 200);
    const refused = answers.filter(({ status }) => status === 429);
    expect([served.length, refused.length]).toEqual([12, 28]);
    expect(await stack.provider.requests(text)).toHaveLength(12);
    const left = served.map(({ headers }) => Number(headers.get("x-ratelimit-remaining-requests")));
    expect(Math.min(...left)).toBe(0);
    for (const { headers } of [...served, ...refused]) {
      expect(headers.get("x-ratelimit-limit-requests")).toBe("12");
      expect(headers.get("x-ratelimit-reset-requests")).toMatch(/^\d+s$/);
    }
    for (const { headers } of refused) {
      expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
      expect(Number(headers.get("retry-after"))).toBeLessThanOrEqual(60);
      expect(headers.get("x-ratelimit-remaining-requests")).toBe("0");
    }
    expect(await codeOf(refused[0] as Response)).toEqual([429, "rate_limit_exceeded"]);
  });

  it("never come to more in any minute, wherever it begins, and are let in again after it", async () => {
    const team = await limited("requests_per_minute = 2");
    const shift = (seconds: number) =>
      team.sql`update nemo_private.request_counts set second = second - make_interval(secs => ${seconds})
               where api_key_id in (select id from nemo.api_keys where organization_id = ${team.person.organizationId})`;
    const ask = async () => (await team.post("/chat/completions", body())).status;
    expect([await ask(), await ask(), await ask()]).toEqual([200, 200, 429]);
    // Not to the second, as the database's own tests do: time passes here, too.
    await shift(40);
    expect(await ask()).toBe(429);
    await shift(21);
    expect([await ask(), await ask(), await ask()]).toEqual([200, 200, 429]);
  });
});

it("at most so many requests are under way at once, in all processes together", async () => {
  const team = await limited("max_concurrency = 2");
  // Streams of minutes, which are under way until the client leaves.
  const endless = { ...body("fake-gpt:chunks=10000,chunkDelayMs=50"), stream: true };
  const underWay = [
    await team.post("/chat/completions", endless),
    await other.post(team.key, "/chat/completions", endless),
  ];
  expect(underWay.map(({ status }) => status)).toEqual([200, 200]);
  const third = await other.post(team.key, "/chat/completions", body());
  expect(third.headers.get("retry-after")).toBe("1");
  expect(await codeOf(third)).toEqual([429, "rate_limit_exceeded"]);
  for (const { body } of underWay) await body?.cancel();
  await eventually(async () => expect((await team.post("/chat/completions", body())).status).toBe(200));
});

it("a key past its monthly budget is 402 and calls no provider, and its organization's other keys go on", async () => {
  const team = await limited("monthly_budget_nanousd = 1");
  const first = await team.post("/chat/completions", body("gpt-4o-mini"));
  expect(first.status).toBe(200);
  await team.logged(first.headers.get("x-nemo-request-id") as string);
  const text = marker();
  expect(await codeOf(await team.post("/chat/completions", body("gpt-4o-mini", text)))).toEqual([
    402,
    "budget_exceeded",
  ]);
  expect(await stack.provider.requests(text)).toEqual([]);
  const { person } = team;
  const made = await person.client.rpc("create_api_key", {
    organization_id: person.organizationId,
    name: "second",
  });
  expect((await other.post(made.data.key, "/chat/completions", body("gpt-4o-mini"))).status).toBe(200);
});

it("a key with scopes serves its templates and nothing else", async () => {
  const team = await makeTeam(stack, "Hello.");
  const { person } = team;
  const out = await person.client.rpc("create_template", {
    organization_id: person.organizationId,
    name: `out-${marker().slice(0, 8)}`,
  });
  await team.sql`update nemo.api_keys set scopes = ${[team.templateId]} where organization_id = ${person.organizationId}`;
  const ask = async (model: string) => codeOf(await team.post("/chat/completions", body(model)));
  expect(await ask(`nemo/${team.name}`)).toEqual([200, undefined]);
  expect(await ask(`nemo/${out.data.name}`)).toEqual([404, "template_not_found"]);
  expect(await ask("fake-gpt")).toEqual([403, "key_scope_denied"]);
  const embedding = await team.post("/embeddings", { model: "fake-embedding", input: "x" });
  expect(await codeOf(embedding)).toEqual([403, "key_scope_denied"]);
  const models = (await (
    await fetch(`${stack.gatewayUrl}/models`, { headers: { authorization: `Bearer ${team.key}` } })
  ).json()) as { data: { id: string }[] };
  expect(models.data.map(({ id }) => id).filter((id) => id.startsWith("nemo/"))).toEqual([
    `nemo/${team.name}`,
  ]);
});

it("a key that has expired, and one of a deleted template or organization, is refused at once", async () => {
  const team = await makeTeam(stack, "Hello.");
  const ask = async (model = `nemo/${team.name}`) =>
    codeOf(await team.post("/chat/completions", body(model)));
  expect(await ask()).toEqual([200, undefined]);
  const removed = await team.person.client.rpc("delete_template", { template_id: team.templateId });
  expect(removed.error).toBeNull();
  expect(await ask()).toEqual([404, "template_not_found"]);
  expect(await ask(`nemo/${team.name}@v1`)).toEqual([404, "template_not_found"]);
  await team.person.client.rpc("restore_template", { template_id: team.templateId });
  await team.sql`update nemo.api_keys set expires_at = now() - interval '1 second' where organization_id = ${team.person.organizationId}`;
  expect(await ask()).toEqual([401, "invalid_api_key"]);
});
