import type { TestDatabase } from "../../../tests/support/database.ts";
import type { FullTenant } from "./full-tenant.ts";

/** Words that appear in nobody's answers but this tenant's own: ids, names, addresses, hashes. */
export async function tracesOf(db: TestDatabase, tenant: FullTenant): Promise<string[]> {
  const words = await db.sql`
    select unnest(array[t.name, t.id]) as word from nemo.prompt_templates t where t.organization_id = ${tenant.organizationId}
    union all select u.email from auth.users u where u.id in ${db.sql(Object.values(tenant.people))}
    union all select hash from nemo.audit_log where organization_id = ${tenant.organizationId}`;
  return [
    tenant.organizationId,
    tenant.apiKeyId,
    tenant.testId,
    tenant.invitationId,
    ...Object.values(tenant.people),
    ...words.map((row) => row.word as string),
  ];
}

/** Which of the words an answer holds that the question did not: what a person says is no secret to them. */
export const leakedInto = (answer: string, question: string, words: readonly string[]): string[] =>
  words.filter((word) => answer.includes(word) && !question.includes(word));
