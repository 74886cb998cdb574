import type { FullTenant } from "./full-tenant.ts";

/** Arguments of the functions by name, all about one tenant: `template_id` is its `templateId`, and so on. */
export function argumentsAbout(tenant: FullTenant): Record<string, unknown> {
  const ids = Object.entries(tenant).map(([key, value]) => [
    key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    value,
  ]);
  return {
    ...Object.fromEntries(ids),
    api_key_id: tenant.apiKeyId,
    user_id: tenant.people.viewer,
    token: tenant.invitationToken,
    version: 1,
    versions: [1],
    sequence: 1,
    name: "a-name",
    set_name: "a-name",
    email: "new@tests.nemo.test",
    role: "member",
    format: "csv",
    reason: "Because",
    policy: "none",
    variant: "A",
    model: "a-model",
    stage: "judging",
    source: "examples",
    base_url: "https://api.openai.com/v1",
    since: new Date(0).toISOString(),
    seconds: 60,
    cases: 1,
    progress: 1,
    messages: [{ role: "system", content: "A new text" }],
    proposed_messages: [{ role: "system", content: "A new text" }],
    predicted_effect: {},
    recommendations: [],
    examples: [],
    fingerprint: "a".repeat(64),
    key_hash: "a".repeat(64),
    request_ids: ["00000000-0000-7000-8000-000000000000"],
    error_code: "upstream_timeout",
    variants: [
      { version: 1, weight: 5000 },
      { version: 2, weight: 5000 },
    ],
    weights: [5000, 5000],
    error_count: 0,
    amount_nanousd: 1,
    input_nanousd_per_mtok: 1,
    cached_input_nanousd_per_mtok: 1,
    output_nanousd_per_mtok: 1,
  };
}
