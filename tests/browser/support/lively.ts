import { randomUUID } from "node:crypto";
import { makeTeam, type Team } from "../../../supabase/functions/gateway/testing/team.ts";
import {
  asPerson,
  call,
} from "../../../supabase/functions/recommendations/testing/recommendations-client.ts";
import { recordRequests } from "../../support/record-requests.ts";
import type { Person, TestStack } from "../../support/stack.ts";
import { inviteAs } from "./invite.ts";
import type { Ids } from "./places.ts";

const prompt = (manner: string) => `You are a {{ role }} for a small shop. ${manner}
Answer in {{ lang | default("English") }}.

{% if order %}
Please note that the order {{ order.id }} was placed on {{ order.date }}.
{% endif %}
The answer should be written in a few sentences.`;

const contract = {
  variables: {
    role: { description: "Who speaks.", example: "concierge" },
    lang: { example: "French" },
    order: { default: null, example: { id: "A-4711", date: "3 March" } },
  },
};

export interface Lively extends Ids {
  readonly team: Team;
  readonly people: Record<"viewer" | "member" | "admin" | "owner", Person>;
}

/**
 * An organization in the middle of its work: templates in every state, people of every role, a limited key,
 * requests through the gateway, a test that runs and one that is drafted, recommendations.
 */
export async function livelyOrganization(stack: TestStack): Promise<Lively> {
  const config = { model: "fake-gpt" };
  const team = await makeTeam(stack, prompt("Be brief."), {
    name: "support-agent",
    email: `owner-${randomUUID().slice(0, 6)}@tests.nemo.test`,
    config,
    contract,
  });
  const { person: owner, templateId } = team;
  const { organizationId } = owner;
  const rpc = async (name: string, args: object) =>
    // biome-ignore lint/suspicious/noExplicitAny: each function answers a row of its own
    (await owner.client.rpc(name, args).throwOnError()).data as any;
  await rpc("update_organization", { organization_id: organizationId, name: "Corner shop" });
  await team.save(prompt("Be friendly."), { config, contract });
  await rpc("set_data_policy", { organization_id: organizationId, policy: "full" });
  for (const name of ["order-summary", "welcome-mail"]) {
    const { id } = await rpc("create_template", { organization_id: organizationId, name });
    const messages = [{ role: "system", content: "Sum {{ order.id }} up in one sentence." }];
    await rpc("save_version", { template_id: id, messages, config });
  }
  await rpc("create_api_key", {
    organization_id: organizationId,
    name: "web shop, production",
    scopes: [templateId],
    requests_per_minute: 600,
    max_concurrency: 20,
    monthly_budget_nanousd: 25_000_000_000,
    expires_at: new Date(Date.now() + 90 * 86_400_000).toISOString(),
  });
  await team.sql`
    insert into nemo.provider_connections (organization_id, name, base_url, models, fallbacks, key_hint)
    values (${organizationId}, 'acme', 'https://api.example.com/v1', '{llama-*}', '{platform}', '9f3c')`;
  await rpc("save_example_set", {
    template_id: templateId,
    set_name: "Usual questions",
    examples: [{ name: "Where is it?", variables: { role: "concierge" } }],
  });
  const variants = [1, 2].map((version) => ({ version, weight: 5000 }));
  const draft = async (name: string) =>
    (await rpc("create_ab_test", { template_id: templateId, name, variants })).id as string;
  const testId = await draft("Is friendly faster?");
  await rpc("start_ab_test", { test_id: testId });
  const draftTestId = await draft("Is shorter cheaper?");
  await traffic(team, testId);
  const asked = await call(stack, "/request", { template_id: templateId }, asPerson(owner));
  await call(stack, "/run", { job_id: asked.body.id }, asPerson(owner));
  const [viewer, member, admin] = await Promise.all(
    ["viewer", "member", "admin"].map((role) => inviteAs(stack, owner, role)),
  );
  await rpc("invite_member", {
    organization_id: organizationId,
    email: "colleague@tests.nemo.test",
    role: "member",
  });
  return {
    team,
    organizationId,
    templateId,
    testId,
    draftTestId,
    people: { viewer: viewer!, member: member!, admin: admin!, owner },
  };
}

/** A week of requests written down, and a dozen that the gateway really answers now. */
async function traffic(team: Team, testId: string) {
  const served = Array.from({ length: 400 }, (_, i) => ({
    variant: i % 2 ? "B" : "A",
    version: i % 2 ? 2 : 1,
    latency_ms: (i % 2 ? 420 : 610) + ((i * 37) % 180),
    status: i % 50 === 7 ? 502 : 200,
    secondsAgo: Math.round((6.5 * 86_400 * (400 - i)) / 400),
  }));
  await recordRequests(team, testId, served);
  const questions = ["Where is my order?", "Can I return it?", "Do you ship to Norway?", "Is it still warm?"];
  await Promise.all(
    questions.map(async (content) => {
      const answer = await team.post("/chat/completions", {
        model: "nemo/support-agent",
        nemo_prompt_variables: {
          role: "concierge",
          lang: "French",
          order: { id: "A-4711", date: "3 March" },
        },
        messages: [{ role: "user", content }],
      });
      if (!answer.ok) throw new Error(await answer.text());
      await team.logged(answer.headers.get("x-nemo-request-id") ?? "");
    }),
  );
}
