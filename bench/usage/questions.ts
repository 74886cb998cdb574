import { BUSY, type BusyOrganization } from "./busy-organization.ts";

/** What the dashboard asks, by the page that asks it, as PostgREST writes it. */
export type Question = readonly [page: string, name: string, statement: string];

/** A quarter by day is promised in so many milliseconds; whatever else a page asks, in so many. */
export const PROMISED = { quarter: 150, any: 300, test: 200 };

export function questionsOf({ organizationId, templateId, testId }: BusyOrganization): Question[] {
  const org = `'${organizationId}'`;
  const template = `'${templateId}'`;
  const test = `'${testId}'`;
  const key = `(select id from nemo.api_keys where organization_id = ${org} limit 1)`;
  const usage = (days: number, step: string, more = "") => {
    // As the page has it: so many days that end now, beginning with a whole one or a whole hour.
    const span = step === "hour" ? "date_trunc('hour', now())" : "date_trunc('day', now(), 'UTC')";
    return `select * from nemo.usage_series(${org}, ${span} - interval '${days - 1} days', '${step}'${more && `, ${more}`})`;
  };
  const logs = (more: string) =>
    `select * from nemo.prompt_log_entries(${org}, max => 100${more && `, ${more}`})`;
  const audit = (more: string) => `select * from nemo.audit_entries(${org}${more && `, ${more}`})`;
  const recommendations = `select id, template_id, source_version, layer, kind, state, severity, title, predicted_effect, created_at, decided_at,
    resulting_version, proposed_messages->0->>'role' from nemo.prompt_recommendations where organization_id = ${org}`;
  const splits = ["template", "version", "variant", "key", "model"];
  return [
    [
      "library",
      "first templates",
      `select id, name, description, tags, active_version, latest_version, updated_at from nemo.prompt_templates where organization_id = ${org} order by updated_at desc, id limit 60`,
    ],
    [
      "library",
      "the next thousand, counted",
      `select *, (select count(*) from nemo.prompt_templates where organization_id = ${org}) from nemo.prompt_templates where organization_id = ${org} order by updated_at desc, id limit 1000 offset 60`,
    ],
    ["library", "totals", `select * from nemo.library_totals(${org})`],
    [
      "library",
      "running tests",
      `select t.id, v.letter, v.version, v.weight from nemo.ab_tests t join nemo.ab_variants v on v.test_id = t.id where t.organization_id = ${org} and t.state = 'running'`,
    ],
    [
      "library",
      "open recommendations, counted",
      `select count(*) from nemo.prompt_recommendations where organization_id = ${org} and state = 'open'`,
    ],
    ["analytics", "a quarter by day", usage(BUSY.days, "day")],
    ...splits.map(
      (split): Question => [
        "analytics",
        `a quarter by day and ${split}`,
        usage(BUSY.days, "day", `'${split}'`),
      ],
    ),
    ["analytics", "a quarter of one template by version", usage(BUSY.days, "day", `'version', ${template}`)],
    [
      "analytics",
      "a quarter of one model by template",
      usage(BUSY.days, "day", "'template', model => 'gpt-4o'"),
    ],
    ["analytics", "a quarter of one key by model", usage(BUSY.days, "day", `'model', api_key_id => ${key}`)],
    ["analytics", "a month by day and template", usage(30, "day", "'template'")],
    ["analytics", "a week by day", usage(7, "day")],
    ["analytics", "two days by hour and template", usage(2, "hour", "'template'")],
    ["analytics", "what can be filtered by", `select * from nemo.usage_choices(${org})`],
    ["analytics", "the same of one template", `select * from nemo.usage_choices(${org}, ${template})`],
    ["logs", "newest", logs("")],
    ["logs", "far back", logs("before => now() - interval '60 days'")],
    ["logs", "of a template", logs(`template_id => ${template}`)],
    ["logs", "of a version", logs("version => 2")],
    ["logs", "of a variant", logs("variant => 'B'")],
    ["logs", "of a variant nobody has", logs("variant => 'J'")],
    ["logs", "of a key", logs(`api_key_id => ${key}`)],
    ["logs", "of a model", logs("model => 'gpt-4.1'")],
    ["logs", "of a model nobody uses", logs("model => 'never-used'")],
    ["logs", "failed", logs("outcome => 'error'")],
    ["logs", "limited, of which there are none", logs("outcome => '429'")],
    ["logs", "slow, of which there are none", logs("min_latency_ms => 60000")],
    ["logs", "dear, of which there are none", logs("min_cost_nanousd => 9000000")],
    ["logs", "dear, of which there are ten", logs("min_cost_nanousd => 199999")],
    ["logs", "by an id nobody has", logs("find => 'no-such-request'")],
    [
      "logs",
      "by an id",
      logs(
        `find => (select request_id::text from nemo.prompt_logs where organization_id = ${org} and created_at < now() - interval '80 days' limit 1)`,
      ),
    ],
    [
      "logs",
      "of a day a month ago",
      logs("since => now() - interval '31 days', until => now() - interval '30 days'"),
    ],
    ["audit", "newest", audit("")],
    ["audit", "far back", audit("before => 1000")],
    ["audit", "of a template", audit(`template_id => ${template}`)],
    ["audit", "of a person", audit("actor => 'person7@bench.test'")],
    ["audit", "of nobody known", audit("actor => 'nobody@bench.test'")],
    ["audit", "by programs, of which there are none", audit("actor => 'api_key'")],
    ["audit", "of a class of actions", audit("action => 'version'")],
    ["audit", "of an action that never was", audit("action => 'price.changed'")],
    [
      "audit",
      "of a span",
      audit("since => now() - interval '100 days', until => now() - interval '90 days'"),
    ],
    [
      "tests",
      "all tests",
      `select * from nemo.ab_tests where organization_id = ${org} order by created_at desc`,
    ],
    ["tests", "report", `select * from nemo.ab_test_report(${test})`],
    ["tests", "timeline", `select * from nemo.ab_test_timeline(${test})`],
    ["tests", "subjects", `select * from nemo.ab_test_subjects(${test})`],
    ["tests", "timeline of subjects", `select * from nemo.ab_test_subject_timeline(${test})`],
    [
      "tests",
      "judging its guardrails",
      `select nemo_private.breaches(t) from nemo.ab_tests t where id = ${test}`,
    ],
    ["tests", "baseline to plan with", `select * from nemo.ab_test_baseline(${template})`],
    ["tests", "baseline by subject", `select * from nemo.ab_test_subject_baseline(${template})`],
    [
      "recommendations",
      "open",
      `${recommendations} and state in ('open') order by created_at desc, id desc limit 100`,
    ],
    [
      "recommendations",
      "decided",
      `${recommendations} and state in ('accepted', 'edited', 'dismissed') order by created_at desc, id desc limit 100`,
    ],
    [
      "recommendations",
      "of a template",
      `${recommendations} and state in ('open') and template_id = ${template} order by created_at desc, id desc limit 100`,
    ],
    [
      "recommendations",
      "jobs",
      `select id, template_id, version, kinds, state, stage, progress, reason, created_at from nemo.recommendation_jobs where organization_id = ${org} order by created_at desc limit 5`,
    ],
    [
      "recommendations",
      "predicted and measured",
      `select * from nemo.recommendation_lift where organization_id = ${org} order by decided_at desc limit 100`,
    ],
    ["keys", "spending", `select * from nemo.api_key_spending(${org})`],
    ["settings", "balance", `select * from nemo.credit_balance(${org})`],
    [
      "settings",
      "ledger",
      `select id, kind, amount_nanousd from nemo.credit_ledger where organization_id = ${org} order by created_at desc, id desc limit 50`,
    ],
    ["settings", "people", `select * from nemo.organization_people(${org})`],
    [
      "template",
      "versions",
      `select * from nemo.prompt_versions where template_id = ${template} order by version desc`,
    ],
    ["template", "deleted templates", `select * from nemo.deleted_templates(${org})`],
  ];
}
