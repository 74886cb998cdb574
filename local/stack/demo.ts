import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createClient } from "@supabase/supabase-js";
import { StackError } from "../stack-error.ts";

/** What the demo made, kept in the data folder so that later starts can show the key again. */
export interface Demo {
  readonly email: string;
  readonly password: string;
  readonly organizationId: string;
  readonly templateId: string;
  readonly key: string;
}

export interface DemoStack {
  readonly url: string;
  readonly publishableKey: string;
}

/** The stack listens on this machine only; somebody who can read this file can read its data as well. */
const LOGIN = { email: "owner@demo.nemo.test", password: "nemo-demo-password" };

const TEMPLATE = {
  name: "support-agent",
  description: "Answers customers of a shop, in their language.",
};

const VERSION = {
  messages: [
    {
      role: "system",
      content: [
        "You are {{ role }} at {{ shop | default('the shop') }}. Answer in {{ lang | default('English') }}.",
        "{% if facts %}",
        "What is known about the order:",
        "{% for fact in facts %}",
        "- {{ fact }}",
        "{% endfor %}",
        "{% endif %}",
        "Be brief and friendly. If you are not sure, say so and offer to ask a colleague.",
      ].join("\n"),
    },
  ],
  config: { model: "gpt-4o-mini", temperature: 0.3 },
  contract: {
    variables: {
      role: { type: "string", description: "Who answers", example: "a support agent" },
      shop: { type: "string", required: false, description: "Whose shop it is" },
      lang: { type: "string", required: false, description: "The customer's language" },
      facts: { type: "list", required: false, default: [], description: "What is known about the order" },
    },
    options: { trim_blocks: true, lstrip_blocks: true },
  },
  note: "First version",
};

type Client = ReturnType<typeof connect>;
type Answer<T> = PromiseLike<{ data: T | null; error: { message: string } | null }>;

const connect = ({ url, publishableKey }: DemoStack) =>
  createClient(url, publishableKey, {
    db: { schema: "nemo" },
    auth: { persistSession: false, autoRefreshToken: false },
  });

/** The answer, or a sentence about the step that did not work. */
async function expect<T>(step: string, answer: Answer<T>): Promise<T> {
  const { data, error } = await answer;
  if (error || data === null) {
    throw new StackError(`The demo could not be made (${step}): ${error?.message ?? "no answer"}`);
  }
  return data;
}

/**
 * Makes the demo through the public APIs, like a person would: signs up, writes a template, activates it,
 * makes a key. Does what is missing, so that an interrupted first start is completed by the next one.
 */
export async function ensureDemo(stack: DemoStack, dataDirectory: string): Promise<Demo> {
  const file = join(dataDirectory, "demo.json");
  const made = await readFile(file, "utf8").then(JSON.parse, () => undefined);
  if (made) return made as Demo;
  const client = connect(stack);
  const token = await signIn(client);
  const { id: organizationId } = await expect<{ id: string }>(
    "organization",
    client.from("organizations").select("id").order("created_at").limit(1).single(),
  );
  const templateId = await ensureTemplate(client, organizationId);
  await ensureActive(stack, client, templateId, token);
  const { key } = await expect<{ key: string }>(
    "key",
    client.rpc("create_api_key", { organization_id: organizationId, name: "Demo" }),
  );
  const demo: Demo = { ...LOGIN, organizationId, templateId, key };
  await writeFile(file, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
  await client.auth.signOut();
  return demo;
}

/** Signs in, or up the first time; answers the access token. */
async function signIn(client: Client): Promise<string> {
  const existing = await client.auth.signInWithPassword(LOGIN);
  const { data, error } = existing.data.session ? existing : await client.auth.signUp(LOGIN);
  if (data.session) return data.session.access_token;
  throw new StackError(`The demo could not be made (sign-up): ${error?.message ?? "no session"}`);
}

async function ensureTemplate(client: Client, organizationId: string): Promise<string> {
  const rows = await expect<{ id: string; latest_version: number | null }[]>(
    "templates",
    client.from("prompt_templates").select("id, latest_version").eq("name", TEMPLATE.name),
  );
  const template =
    rows[0] ??
    (await expect<{ id: string; latest_version: number | null }>(
      "template",
      client.rpc("create_template", { organization_id: organizationId, ...TEMPLATE }),
    ));
  if (!template.latest_version) {
    await expect("version", client.rpc("save_version", { template_id: template.id, ...VERSION }));
  }
  return template.id;
}

/** Activation lints on the server first, so it goes through the function and not straight to the database. */
async function ensureActive(
  stack: DemoStack,
  client: Client,
  templateId: string,
  token: string,
): Promise<void> {
  const template = await expect<{ active_version: number | null }>(
    "template",
    client.from("prompt_templates").select("active_version").eq("id", templateId).single(),
  );
  if (template.active_version) return;
  const response = await fetch(`${stack.url}/functions/v1/prompts/activate`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${token}`,
      apikey: stack.publishableKey,
      "content-type": "application/json",
    },
    body: JSON.stringify({ template_id: templateId, version: 1 }),
  });
  if (response.ok) return;
  throw new StackError(
    `The demo could not be made (activation): ${response.status} ${await response.text()}`,
  );
}
