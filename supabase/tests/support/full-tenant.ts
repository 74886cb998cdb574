import { v7 as uuidv7 } from "uuid";
import type { TestDatabase } from "../../../tests/support/database.ts";
import { activeTemplate, createTemplate, createTenant, type Tenant } from "./tenants.ts";

/** A tenant with at least one row in every table, and the ids to call every function with. */
export interface FullTenant extends Tenant {
  readonly templateId: string;
  readonly deletedTemplateId: string;
  readonly apiKeyId: string;
  readonly connectionId: string;
  readonly invitationId: string;
  readonly invitationToken: string;
  readonly contentHash: string;
  readonly testId: string;
  /** A request that is logged. */
  readonly requestId: string;
  /** Open, for the latest version; and one that a newer version superseded. */
  readonly recommendationId: string;
  readonly staleRecommendationId: string;
  /** Waiting; and one that a worker holds by `lease`. */
  readonly jobId: string;
  readonly runningJobId: string;
  readonly lease: string;
}

export async function createFullTenant(db: TestDatabase): Promise<FullTenant> {
  const tenant = await createTenant(db);
  const { organizationId, people } = tenant;
  const templateId = await activeTemplate(db, tenant, "one", "two");
  const deletedTemplateId = await createTemplate(db, tenant);
  await db.asUser(people.admin, (tx) => tx`select delete_template(${deletedTemplateId})`);
  await db.asUser(people.member, (tx) => tx`select set_label(${templateId}, 'staging', 1)`);
  const made = await db.asUser(people.admin, async (tx) => {
    const [key] = await tx`select id from create_api_key(${organizationId}, 'Key', ${templateId})`;
    const [invitation] =
      await tx`select id, token from invite_member(${organizationId}, 'invited@tenant.test')`;
    await tx`select pin_audit_entry(${organizationId}, 1, 'The first one')`;
    return { apiKeyId: key!.id, invitationId: invitation!.id, invitationToken: invitation!.token };
  });
  await db.sql`select nemo_private.record_denial(${templateId}, 'gateway')`;
  const [version] = await db.sql`
    select content_hash from nemo.prompt_versions where template_id = ${templateId} and version = 1`;
  const recommended = await createRecommendations(db, organizationId, templateId);
  await db.asUser(people.admin, (tx) => tx`select set_model_price(${organizationId}, 'some-model', 1, 1, 1)`);
  const requestId = uuidv7();
  await db.sql`
    insert into nemo.prompt_logs (request_id, organization_id, status, created_at)
    values (${requestId}, ${organizationId}, 200, nemo_private.uuid_time(${requestId}))`;
  await db.sql`insert into nemo.prompt_rollups (organization_id, hour) values (${organizationId}, date_trunc('hour', now()))`;
  await db.sql`insert into nemo.prompt_feedback (request_id, organization_id, score) values (gen_random_uuid(), ${organizationId}, 1)`;
  await db.sql`insert into nemo.prompt_examples (organization_id, template_id, set_name, position, variables) values (${organizationId}, ${templateId}, 'A set', 1, '{}')`;
  const testId = await createTest(db, organizationId, templateId);
  const [connection] = await db.sql`
    insert into nemo.provider_connections (organization_id, name, base_url)
    values (${organizationId}, 'acme', 'https://api.example.com/v1') returning id`;
  return {
    ...tenant,
    templateId,
    deletedTemplateId,
    ...made,
    connectionId: connection!.id as string,
    contentHash: version!.content_hash,
    testId,
    requestId,
    ...recommended,
  };
}

/** Written straight into the tables, which is how a test exists without the functions that run it. */
async function createTest(db: TestDatabase, organizationId: string, templateId: string): Promise<string> {
  return await db.sql.begin(async (tx) => {
    const [test] = await tx`
      insert into nemo.ab_tests (organization_id, template_id, name) values (${organizationId}, ${templateId}, 'A test')
      returning id`;
    await tx`
      insert into nemo.ab_variants (organization_id, test_id, template_id, phase, letter, version, weight)
      values (${organizationId}, ${test!.id}, ${templateId}, 1, 'A', 1, 6000),
             (${organizationId}, ${test!.id}, ${templateId}, 1, 'B', 2, 4000)`;
    return test!.id as string;
  });
}

async function createRecommendations(db: TestDatabase, organizationId: string, templateId: string) {
  const recommend = async (version: number, state: string, mark: string) => {
    const decided = state === "open" ? null : new Date();
    const [row] = await db.sql`
      insert into nemo.prompt_recommendations
        (organization_id, template_id, source_version, layer, kind, fingerprint, title, reason, state, decided_at, resulting_version)
      values (${organizationId}, ${templateId}, ${version}, 'analyser', 'passive-voice', ${mark.repeat(64)}, 'Say who',
        'It is passive', ${state}, ${decided}, ${state === "accepted" ? 2 : null})
      returning id`;
    return row!.id as string;
  };
  await recommend(1, "accepted", "0");
  const staleRecommendationId = await recommend(1, "superseded", "1");
  const recommendationId = await recommend(2, "open", "2");
  const jobs = await db.sql`
    insert into nemo.recommendation_jobs (organization_id, template_id, version, kinds, state, lease, leased_until)
    values (${organizationId}, ${templateId}, 2, '{rules}', 'queued', null, null),
           (${organizationId}, ${templateId}, 2, '{rules}', 'running', gen_random_uuid(), now() + interval '1 hour')
    returning id, lease`;
  const [waiting, running] = jobs;
  const ids = {
    jobId: waiting!.id as string,
    runningJobId: running!.id as string,
    lease: running!.lease as string,
  };
  return { recommendationId, staleRecommendationId, ...ids };
}
