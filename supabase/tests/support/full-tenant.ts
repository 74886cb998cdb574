import type { TestDatabase } from "../../../tests/support/database.ts";
import { activeTemplate, createTemplate, createTenant, type Tenant } from "./tenants.ts";

/** A tenant with at least one row in every table, and the ids to call every function with. */
export interface FullTenant extends Tenant {
  readonly templateId: string;
  readonly deletedTemplateId: string;
  readonly apiKeyId: string;
  readonly invitationId: string;
  readonly invitationToken: string;
  readonly contentHash: string;
  readonly testId: string;
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
  await db.sql`
    insert into nemo.prompt_recommendations
      (organization_id, template_id, source_version, layer, kind, fingerprint, title, reason)
    values (${organizationId}, ${templateId}, 1, 'analyser', 'passive-voice', ${"0".repeat(64)}, 'Say who', 'It is passive')`;
  await db.asUser(people.admin, (tx) => tx`select set_model_price(${organizationId}, 'some-model', 1, 1, 1)`);
  await db.sql`
    insert into nemo.prompt_logs (request_id, organization_id, status, created_at)
    values (gen_random_uuid(), ${organizationId}, 200, now())`;
  await db.sql`insert into nemo.prompt_rollups (organization_id, hour) values (${organizationId}, date_trunc('hour', now()))`;
  await db.sql`insert into nemo.prompt_feedback (request_id, organization_id, score) values (gen_random_uuid(), ${organizationId}, 1)`;
  const testId = await createTest(db, organizationId, templateId);
  return { ...tenant, templateId, deletedTemplateId, ...made, contentHash: version!.content_hash, testId };
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
