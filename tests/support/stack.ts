import { randomUUID } from "node:crypto";
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { inject } from "vitest";
import type { Behaviour } from "../../local/fake-provider/behaviour.ts";
import type { RecordedRequest } from "../../local/fake-provider/start-fake-provider.ts";
import type { StackFacts } from "./stack-setup.ts";

// biome-ignore lint/suspicious/noExplicitAny: tests read tables of a schema that is not typed here
export type Client = SupabaseClient<any, "nemo", "nemo">;

/** Somebody who has signed up, with the organization that was made for them. */
export interface Person {
  readonly email: string;
  readonly password: string;
  readonly userId: string;
  readonly accessToken: string;
  readonly organizationId: string;
  /** supabase-js, unmodified, signed in as this person, on the schema `nemo`. */
  readonly client: Client;
}

/** The fake provider of the running stack. It is shared by all test files that run at the same time. */
export interface ProviderControl {
  /** Requests whose body contains `marker`, oldest first: with a marker of its own a test sees only its own. */
  requests(marker: string): Promise<RecordedRequest[]>;
  /** The name of a model that behaves like this, for one request: `fake-gpt:failure=reset`. */
  modelThat(behaviour: Partial<Behaviour>): string;
}

export interface TestStack extends StackFacts {
  readonly provider: ProviderControl;
  /** A client without a session. */
  anonymous(): Client;
  /** A client with the secret key. */
  serviceRole(): Client;
  /** Signs somebody new up. */
  signUp(email?: string): Promise<Person>;
}

/** The stack that was started for this run. */
export function useStack(): TestStack {
  const facts = inject("stack");
  const connect = (key: string): Client =>
    createClient(facts.url, key, {
      db: { schema: "nemo" },
      auth: { persistSession: false, autoRefreshToken: false },
    });
  return {
    ...facts,
    provider: controlProvider(facts.fakeProviderUrl),
    anonymous: () => connect(facts.publishableKey),
    serviceRole: () => connect(facts.secretKey),
    signUp: (email = `${randomUUID()}@tests.nemo.test`) => signUp(connect(facts.publishableKey), email),
  };
}

async function signUp(client: Client, email: string): Promise<Person> {
  const password = `pass-${randomUUID()}`;
  const { data, error } = await client.auth.signUp({ email, password });
  if (error || !data.session || !data.user)
    throw new Error(`sign-up failed: ${error?.message ?? "no session"}`);
  const organization = await client.from("organizations").select("id").limit(1).single();
  if (organization.error) throw new Error(`no organization after sign-up: ${organization.error.message}`);
  return {
    email,
    password,
    userId: data.user.id,
    accessToken: data.session.access_token,
    organizationId: organization.data.id,
    client,
  };
}

function controlProvider(baseUrl: string): ProviderControl {
  const url = baseUrl.replace(/\/v1$/, "");
  return {
    requests: async (marker) => {
      const kept = await fetch(`${url}/__requests?containing=${encodeURIComponent(marker)}`);
      return (await kept.json()) as RecordedRequest[];
    },
    modelThat: (behaviour) =>
      `fake-gpt:${Object.entries(behaviour)
        .map(([name, value]) => `${name}=${value}`)
        .join(",")}`,
  };
}
