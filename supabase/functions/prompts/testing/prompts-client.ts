import { randomUUID } from "node:crypto";
import type { Person, TestStack } from "../../../../tests/support/stack.ts";

export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked at field by field
  readonly body: any;
  readonly text: string;
};

/** Calls the function as a browser would: over HTTP, with whatever token is given. */
export async function callPrompts(
  stack: TestStack,
  path: string,
  options: {
    token?: string | undefined;
    body?: unknown;
    method?: string;
    headers?: Record<string, string>;
  } = {},
): Promise<Answer> {
  const { token, body, headers, method = body === undefined ? "GET" : "POST" } = options;
  const response = await fetch(`${stack.url}/functions/v1/prompts${path}`, {
    method,
    headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const json = response.headers.get("content-type")?.includes("json") ? JSON.parse(text) : null;
  return { status: response.status, headers: response.headers, body: json, text };
}

/** A new template of the person's with these contents as its first versions; answers its id. */
export async function makeTemplate(
  { client, organizationId }: Person,
  ...contents: string[]
): Promise<string> {
  const name = `t-${randomUUID()}`;
  const template = await client
    .rpc("create_template", { organization_id: organizationId, name })
    .single<{ id: string }>();
  if (template.error) throw new Error(template.error.message);
  for (const content of contents) {
    const messages = [{ role: "user", content }];
    const saved = await client.rpc("save_version", { template_id: template.data.id, messages });
    if (saved.error) throw new Error(saved.error.message);
  }
  return template.data.id;
}

/** Adds somebody to another person's organization in a role, by invitation as people do it. */
export async function join(owner: Person, guest: Person, role: string): Promise<void> {
  const invited = await owner.client
    .rpc("invite_member", { organization_id: owner.organizationId, email: guest.email, role })
    .single<{ token: string }>();
  if (invited.error) throw new Error(invited.error.message);
  const accepted = await guest.client.rpc("accept_invitation", { token: invited.data.token });
  if (accepted.error) throw new Error(accepted.error.message);
}
