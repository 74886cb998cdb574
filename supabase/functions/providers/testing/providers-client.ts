import type { Person, TestStack } from "../../../../tests/support/stack.ts";

export interface Answer<T = Record<string, unknown>> {
  readonly status: number;
  readonly body: T & { error?: { code: string; message: string; hint: string } };
}

/** Calls a route of the function `providers` as a person. */
export async function askProviders<T = Record<string, unknown>>(
  stack: TestStack,
  person: Pick<Person, "accessToken">,
  route: string,
  body: object,
): Promise<Answer<T>> {
  const response = await fetch(`${stack.url}/functions/v1/providers/${route}`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${person.accessToken}`,
      apikey: stack.publishableKey,
      "content-type": "application/json",
    },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Answer<T>["body"] };
}

export interface ConnectionRow {
  readonly id: string;
  readonly name: string;
  readonly base_url: string;
  readonly key_hint: string | null;
}

/** A connection of the person's organization to the stack's fake provider. */
export async function connectFake(
  stack: TestStack,
  person: Person,
  more: { name?: string; api_key?: string; models?: string[]; fallbacks?: string[]; base_url?: string } = {},
): Promise<ConnectionRow> {
  const { status, body } = await askProviders<ConnectionRow & Record<string, unknown>>(
    stack,
    person,
    "create",
    {
      organization_id: person.organizationId,
      name: "acme",
      base_url: stack.fakeProviderUrl,
      api_key: "sk-acme-0123456789",
      ...more,
    },
  );
  if (status !== 200) throw new Error(`connecting failed: ${status} ${JSON.stringify(body)}`);
  return body;
}
