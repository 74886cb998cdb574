import { randomUUID } from "node:crypto";
import type { Person, TestStack } from "../../../../tests/support/stack.ts";

/** A version with this content as its only message; answers the template's id. */
export async function makeTemplate(
  { client, organizationId }: Person,
  content: string,
  config: object = {},
): Promise<string> {
  const name = `t-${randomUUID()}`;
  const made = await client
    .rpc("create_template", { organization_id: organizationId, name })
    .single<{ id: string }>();
  if (made.error) throw new Error(made.error.message);
  await saveVersion({ client } as Person, made.data.id, content, config);
  return made.data.id;
}

export async function saveVersion(
  { client }: Person,
  template_id: string,
  content: string,
  config: object = {},
): Promise<void> {
  const saved = await client.rpc("save_version", {
    template_id,
    messages: [{ role: "system", content }],
    config,
  });
  if (saved.error) throw new Error(saved.error.message);
}

/** Calls the function over HTTP, as a dashboard does. */
export async function call(stack: TestStack, path: string, body: object, headers: Record<string, string>) {
  const response = await fetch(`${stack.url}/functions/v1/recommendations${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked at field by field
  return { status: response.status, body: (await response.json()) as any };
}

export function asPerson({ accessToken }: Person): Record<string, string> {
  return { authorization: `Bearer ${accessToken}` };
}

/** What a job left behind. */
export async function leftBy({ client }: Person, jobId: string) {
  const made = await client.from("prompt_recommendations").select("*").eq("job_id", jobId).order("kind");
  const charges = await client.from("credit_ledger").select("amount_nanousd").eq("request_id", jobId);
  return { made: made.data ?? [], charges: charges.data ?? [] };
}
