import { randomUUID } from "node:crypto";
import OpenAI from "openai";
import postgres, { type Sql } from "postgres";
import type { RecordedRequest } from "../../../../local/fake-provider/start-fake-provider.ts";
import { eventually } from "../../../../tests/support/eventually.ts";
import type { Person, TestStack } from "../../../../tests/support/stack.ts";

/** An organization with a template and a key, and the means to look at what the gateway did for it. */
export interface Team {
  readonly stack: TestStack;
  readonly person: Person;
  readonly templateId: string;
  readonly name: string;
  readonly key: string;
  readonly openai: OpenAI;
  /** The database as its owner. */
  readonly sql: Sql;
  /** Calls the gateway with bare fetch. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  /** Saves a version and marks it as linted; answers its number. */
  save(content: string, more?: { config?: object; contract?: object }): Promise<number>;
  activate(version: number): Promise<void>;
  /** The log row of a request, as soon as it is there. */
  logged(requestId: string): Promise<Record<string, unknown>>;
  /** What the provider received with this marker in it: exactly one request. */
  received(marker: string): Promise<RecordedRequest & { json: Record<string, unknown> }>;
}

export async function makeTeam(
  stack: TestStack,
  content = "You are {{ role }}.",
  more: { config?: object; contract?: object; name?: string; email?: string } = {},
): Promise<Team> {
  const person = await stack.signUp(more.email);
  const sql = postgres(stack.dbUrl, { max: 2, onnotice: () => {} });
  const name = more.name ?? `agent-${randomUUID().slice(0, 8)}`;
  const { id } = await call<{ id: string }>(person, "create_template", {
    organization_id: person.organizationId,
    name,
  });
  const { key } = await call<{ key: string }>(person, "create_api_key", {
    organization_id: person.organizationId,
    name: "tests",
  });
  const openai = new OpenAI({ apiKey: key, baseURL: stack.gatewayUrl, maxRetries: 0 });
  const team: Team = {
    stack,
    person,
    templateId: id,
    name,
    key,
    openai,
    sql,
    post: (path, body, headers = {}) =>
      fetch(stack.gatewayUrl + path, {
        method: "POST",
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json", ...headers },
        body: typeof body === "string" ? body : JSON.stringify(body),
      }),
    save: async (text, { config = { model: "fake-gpt" }, contract = {} } = {}) => {
      const messages = [{ role: "system", content: text }];
      const saved = await call<{ version: number }>(person, "save_version", {
        template_id: id,
        messages,
        config,
        contract,
      });
      await sql`select nemo.record_lint_report(template_id, version, content_hash, 0) from nemo.prompt_versions where template_id = ${id} and version = ${saved.version}`;
      return saved.version;
    },
    activate: async (version) => void (await call(person, "activate_version", { template_id: id, version })),
    logged: (requestId) =>
      eventually(async () => {
        const rows = await sql`select * from nemo.prompt_logs where request_id = ${requestId}`;
        if (!rows[0]) throw new Error(`request ${requestId} is not logged`);
        return rows[0];
      }),
    received: async (marker) => {
      const requests = await stack.provider.requests(marker);
      if (requests.length !== 1)
        throw new Error(`The provider received ${requests.length} requests with ${marker}.`);
      return { ...requests[0]!, json: JSON.parse(requests[0]!.body) };
    },
  };
  await team.activate(await team.save(content, more));
  return team;
}

async function call<T>(person: Person, name: string, args: object): Promise<T> {
  const { data, error } = await person.client.rpc(name, args).single<T>();
  if (error) throw new Error(`${name}: ${error.message}`);
  return data;
}

/** A text that is in no other test's request. */
export const marker = () => `m${randomUUID().replaceAll("-", "")}`;
