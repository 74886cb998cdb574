import type { Sql } from "postgres";

/** `NEMO_BENCH_SHARE=0.01` tries the benchmark itself; what it measures then means nothing. */
const share = Number(process.env.NEMO_BENCH_SHARE ?? 1);

export const BUSY = {
  logs: 1_000_000 * share,
  templates: 5_000 * share,
  auditEntries: 200_000 * share,
  days: 90,
  recommendations: 5_000 * share,
};
/** One more template has a test by subject. */
export const TEST = { logs: 160_000 * share, subjects: 20_000 * share };

export interface BusyOrganization {
  readonly organizationId: string;
  readonly userId: string;
  readonly templateId: string;
  readonly testId: string;
}

/**
 * An organization with history, straight into the tables with foreign keys and triggers off, as there is no other quick
 * way in. A few templates are asked much and thousands now and then: most rollups hold few requests, which is the dearest
 * case there is for sums over them.
 */
export async function fillBusyOrganization(admin: Sql): Promise<BusyOrganization> {
  await admin`set session_replication_role = replica`;
  const [user] =
    await admin`insert into auth.users (id, email) values (gen_random_uuid(), 'owner@bench.test') returning id`;
  const [organization] =
    await admin`insert into nemo.organizations (name, log_retention_days) values ('Busy', 400) returning id`;
  const organizationId = organization!.id as string;
  const userId = user!.id as string;
  await admin`insert into nemo.memberships (organization_id, user_id, role) values (${organizationId}, ${userId}, 'owner')`;
  await admin`
    insert into nemo.prompt_templates (organization_id, name, latest_version, active_version, active_since, updated_at)
    select ${organizationId}, 'template-' || i, 3, 3, now(), now() - make_interval(mins => i) from generate_series(0, ${BUSY.templates}) i`;
  await admin`
    insert into nemo.prompt_versions (organization_id, template_id, version, parent_version, messages, diff, content_hash)
    select t.organization_id, t.id, v, nullif(v - 1, 0), '[{"role": "system", "content": "Answer {{ name }}."}]',
      case when v > 1 then '{}'::jsonb end, repeat('0', 64)
    from nemo.prompt_templates t, generate_series(1, 3) v`;
  await admin`
    insert into nemo.api_keys (organization_id, name, prefix)
    select ${organizationId}, 'key-' || i, 'nemo_sk_' || lpad(i::text, 6, '0') from generate_series(1, 10) i`;
  await fillLogs(admin, organizationId);
  const test = await fillTest(admin, organizationId);
  await fillRollups(admin);
  await fillRest(admin, organizationId);
  await admin`set session_replication_role = origin`;
  await admin`vacuum analyze`;
  return { organizationId, userId, ...test };
}

async function fillLogs(admin: Sql, organizationId: string): Promise<void> {
  await admin.unsafe(`
    do $$ declare d date; begin
      for d in select generate_series(current_date - ${BUSY.days + 1}, current_date - 2, interval '1 day')::date loop
        execute format('create table nemo_private.%I partition of nemo.prompt_logs for values from (%L) to (%L)',
          'prompt_logs_' || to_char(d, 'YYYYMMDD'), d::text || ' 00:00+00', (d + 1)::text || ' 00:00+00');
      end loop;
    end $$`);
  await admin`
    with templates as materialized (select array_agg(id order by name) as ids from nemo.prompt_templates where name <> 'template-0'),
      keys as materialized (select array_agg(id) as ids from nemo.api_keys)
    insert into nemo.prompt_logs (request_id, organization_id, api_key_id, template_id, version, model, provider, status, error_code,
      latency_ms, ttft_ms, prompt_tokens, cached_tokens, completion_tokens, cost_nanousd, subject_hash, quality, created_at)
    select (lpad(to_hex(floor(extract(epoch from r.at) * 1000)::bigint), 12, '0') || '7000' || lpad(to_hex(r.n), 16, '8'))::uuid,
      ${organizationId}, keys.ids[1 + r.n % 10], templates.ids[1 + floor(${BUSY.templates} * power(r.popular, 2.5))::integer],
      1 + r.n % 3, (array['gpt-4o', 'gpt-4o-mini', 'gpt-4.1'])[1 + r.n / 7 % 3], 'platform',
      case when r.n % 50 = 0 then 502 else 200 end, case when r.n % 50 = 0 then 'upstream_unreachable' end,
      exp(6 + r.latency), 120, 300 + r.n % 200, 0, 50 + r.n % 100, 100000 + r.n % 100000, lpad(to_hex(r.n % 30000), 64, '0'),
      case when r.n % 10 = 0 then 0.5 + (r.n % 3) / 4.0 end, r.at
    from keys, templates, (
      select n, random() as popular, (random() + random() + random() - 1.5) * 1.4 as latency,
        date_trunc('milliseconds', now() - make_interval(secs => ${BUSY.days * 86_400} * (1 - n / ${BUSY.logs}::double precision))) as at
      from generate_series(1, ${BUSY.logs}) n) r`;
}

async function fillTest(admin: Sql, organizationId: string): Promise<{ templateId: string; testId: string }> {
  const [template] = await admin`select id from nemo.prompt_templates where name = 'template-0'`;
  const templateId = template!.id as string;
  const [test] = await admin`
    insert into nemo.ab_tests (organization_id, template_id, name, state, assign_by, primary_metric, guardrails, started_at)
    values (${organizationId}, ${templateId}, 'By subject', 'running', 'subject', 'quality',
      '[{"metric": "error_rate", "limit": 0.5, "min_count": 100}]', now() - interval '14 days') returning id`;
  const testId = test!.id as string;
  await admin`
    insert into nemo.ab_variants (organization_id, test_id, template_id, phase, letter, version, weight, created_at)
    select ${organizationId}, ${testId}, ${templateId}, 1, v.letter, v.version, 5000, now() - interval '14 days' from (values ('A', 1), ('B', 2)) v (letter, version)`;
  await admin`
    insert into nemo.prompt_logs (request_id, organization_id, api_key_id, template_id, version, variant, test_id, test_phase, model,
      provider, status, latency_ms, ttft_ms, prompt_tokens, cached_tokens, completion_tokens, cost_nanousd, subject_hash, quality, created_at)
    select gen_random_uuid(), ${organizationId}, k.ids[1 + s.n % 10], ${templateId}, 1 + s.who % 2,
      case s.who % 2 when 0 then 'A' else 'B' end, ${testId}, 1, 'gpt-4o', 'platform', case when s.n % 40 = 0 then 500 else 200 end,
      exp(6 + random()), 120, 300 + s.n % 200, 0, 50, 100000 + s.n % 1000, encode(sha256(s.who::text::bytea), 'hex'),
      case when s.n % 5 = 0 then 0.5 + (s.who % 3) / 4.0 end, now() - interval '14 days' * (1 - s.n / ${TEST.logs}::double precision)
    from (select n, floor(random() * ${TEST.subjects})::integer as who from generate_series(1, ${TEST.logs}) n) s,
      (select array_agg(id) as ids from nemo.api_keys) k`;
  return { templateId, testId };
}

/** The hourly rollups, as gateway_record would have written them. */
async function fillRollups(admin: Sql): Promise<void> {
  await admin`
    insert into nemo.prompt_rollups (organization_id, hour, template_id, version, variant, test_id, test_phase, api_key_id, model,
      requests, errors, cost_nanousd, cost_squared, unpriced, prompt_tokens, completion_tokens, tokens_squared, latency_count,
      latency_ms_sum, latency_ms_squared, latency_histogram, quality_count, quality_sum, quality_squared, most_cost_nanousd, most_latency_ms)
    select l.organization_id, l.hour, l.template_id, l.version, l.variant, l.test_id, l.test_phase, l.api_key_id, l.model,
      sum(l.requests), sum(l.errors), sum(l.cost), sum(l.cost_squared), 0, sum(l.tokens_in), sum(l.tokens_out), sum(l.tokens_squared),
      sum(l.timed), sum(l.latency), sum(l.latency_squared),
      coalesce(jsonb_object_agg(l.bucket, l.timed) filter (where l.bucket is not null), '{}'), sum(l.rated), sum(l.quality), sum(l.quality_squared),
      max(l.dearest), max(l.slowest)
    from (
      select p.organization_id, date_trunc('hour', p.created_at) as hour, p.template_id, p.version, p.variant, p.test_id, p.test_phase,
        p.api_key_id, p.model, case when p.status < 400 then ceil(ln(p.latency_ms) / ln(1.04))::integer end as bucket,
        count(*) as requests, count(*) filter (where p.status >= 400) as errors, sum(p.cost_nanousd) as cost,
        sum(p.cost_nanousd::double precision ^ 2) as cost_squared, sum(p.prompt_tokens) as tokens_in, sum(p.completion_tokens) as tokens_out,
        sum((p.prompt_tokens + p.completion_tokens)::double precision ^ 2) as tokens_squared, count(*) filter (where p.status < 400) as timed,
        coalesce(sum(p.latency_ms) filter (where p.status < 400), 0) as latency,
        coalesce(sum(p.latency_ms ^ 2) filter (where p.status < 400), 0) as latency_squared, count(p.quality) as rated,
        coalesce(sum(p.quality), 0) as quality, coalesce(sum(p.quality ^ 2), 0) as quality_squared,
        max(p.cost_nanousd) as dearest, max(p.latency_ms) as slowest
      from nemo.prompt_logs p group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10) l
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9
    order by 2`;
}

async function fillRest(admin: Sql, organizationId: string): Promise<void> {
  await admin`
    with templates as materialized (select array_agg(id order by name) as ids from nemo.prompt_templates)
    insert into nemo.audit_log (organization_id, sequence, occurred_at, action, actor_kind, actor_id, actor_name, target_kind, target_id,
      template_id, after, previous_hash, hash)
    select ${organizationId}, n, now() - make_interval(mins => ${BUSY.auditEntries} - n),
      (array['version.saved', 'version.activated', 'template.updated', 'label.set'])[1 + n % 4], 'user',
      ('00000000-0000-4000-8000-' || lpad((n % 20)::text, 12, '0'))::uuid, 'person' || n % 20 || '@bench.test', 'template', 'tpl',
      templates.ids[1 + n % ${BUSY.templates}], '{"version": 1}', repeat('0', 64), repeat('0', 64)
    from templates, generate_series(1, ${BUSY.auditEntries}) n`;
  await admin`
    insert into nemo.prompt_recommendations (organization_id, template_id, source_version, layer, kind, fingerprint, severity, title, reason, state, decided_at, created_at)
    select ${organizationId}, t.id, 3, 'analyser', 'passive_voice', encode(sha256(n::text::bytea), 'hex'), 'info', 'Say who does it', 'Because.',
      case when n % 3 = 0 then 'dismissed' else 'open' end, case when n % 3 = 0 then now() end, now() - make_interval(mins => n)
    from generate_series(1, ${BUSY.recommendations}) n
    join nemo.prompt_templates t on t.name = 'template-' || n % ${BUSY.templates}`;
  await admin`
    insert into nemo.activations (organization_id, template_id, version, duration_us, created_at)
    select ${organizationId}, t.id, 1, 5000 + n % 3000, now() - make_interval(mins => n)
    from generate_series(1, 40000) n join nemo.prompt_templates t on t.name = 'template-' || n % ${BUSY.templates}`;
  await admin`
    insert into nemo.credit_ledger (organization_id, kind, amount_nanousd, request_id, api_key_id, model, created_at)
    select l.organization_id, 'charge', -l.cost_nanousd, l.request_id, l.api_key_id, l.model, l.created_at from nemo.prompt_logs l
    where l.created_at > now() - interval '20 days'`;
}
