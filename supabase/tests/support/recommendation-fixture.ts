import { createHash, randomUUID } from "node:crypto";
import type { TestDatabase } from "../../../tests/support/database.ts";
import { createTemplate, saveText, type Tenant } from "./tenants.ts";

export interface Recommendation {
  readonly id: string;
  readonly state: string;
  readonly resulting_version: number | null;
  readonly test_id: string | null;
  readonly decided_by: string | null;
  readonly decision_note: string;
}

export interface Job {
  readonly id: string;
  readonly state: string;
  readonly kinds: readonly string[];
  readonly lease: string | null;
  readonly attempts: number;
  readonly made: number | null;
  readonly progress: number;
  readonly cost_nanousd: string | null;
  readonly provider: string | null;
  readonly model: string | null;
}

type Messages = readonly { role: string; content: string }[];

/** A template with one version. */
export async function makeTemplate(db: TestDatabase, tenant: Tenant, content: string): Promise<string> {
  const templateId = await createTemplate(db, tenant);
  await saveText(db, tenant.people.member, templateId, content);
  return templateId;
}

/** An open recommendation as a job would have made it. */
export async function makeRecommendation(
  db: TestDatabase,
  tenant: Tenant,
  templateId: string,
  { version = 1, proposed }: { version?: number; proposed: Messages | null },
): Promise<string> {
  const fingerprint = createHash("sha256").update(randomUUID()).digest("hex");
  const [made] = await db.sql`
    insert into nemo.prompt_recommendations
      (organization_id, template_id, source_version, layer, kind, fingerprint, title, reason, predicted_effect, proposed_messages)
    values (${tenant.organizationId}, ${templateId}, ${version}, 'analyser', 'filler', ${fingerprint}, 'A title', 'A reason',
      ${db.sql.json({ label: "estimate" })}, ${proposed ? db.sql.json(proposed as never) : null})
    returning id`;
  return made!.id as string;
}

/** Calls a deciding function as a person, with named arguments. */
export async function decide(
  db: TestDatabase,
  userId: string,
  name: "apply_recommendation" | "dismiss_recommendation",
  id: string,
  args: { note?: string; messages?: Messages; as_test?: boolean; test_id?: string } = {},
): Promise<Recommendation> {
  return await db.asUser(userId, async (tx) => {
    const values = Object.entries(args).map(
      ([key, value]) =>
        tx`, ${tx(key)} => ${(key === "messages" ? tx.json(value as never) : value) as never}`,
    );
    const [row] = await tx`select * from ${tx(name)}(${id} ${values.length > 0 ? values : tx``})`;
    return row as unknown as Recommendation;
  });
}

export async function askFor(
  db: TestDatabase,
  tenant: Tenant,
  templateId: string,
  {
    kinds = ["rules"],
    key = null,
    maxCost = 1_000_000,
  }: { kinds?: string[]; key?: string | null; maxCost?: number } = {},
): Promise<Job> {
  return await db.asUser(tenant.people.member, async (tx) => {
    const [row] =
      await tx`select * from request_recommendations(${templateId}, kinds => ${kinds}, max_cost_nanousd => ${maxCost}, idempotency_key => ${key})`;
    return row as unknown as Job;
  });
}

/** Takes a job as a worker; null when it is not to be had. */
export async function claim(db: TestDatabase, id: string): Promise<Job | null> {
  return await db.asServiceRole(async (tx) => {
    const [row] = await tx`select * from claim_recommendation_job(${id})`;
    return row?.id ? (row as unknown as Job) : null;
  });
}

/** Ends a job with one recommendation for each text, or advice where the text is null. */
export async function finish(
  db: TestDatabase,
  job: Job,
  texts: readonly (Messages | null)[],
  usage: object | null = null,
): Promise<Job> {
  const recommendations = texts.map((proposed, index) => ({
    layer: usage ? "model" : "analyser",
    kind: `kind-${index}`,
    fingerprint: createHash("sha256").update(JSON.stringify(proposed)).digest("hex"),
    severity: "info",
    title: "A title",
    reason: "A reason",
    evidence: [],
    predicted_effect: { label: "estimate" },
    proposed_messages: proposed,
  }));
  return await db.asServiceRole(async (tx) => {
    const [row] = await tx`
      select * from finish_recommendation_job(${job.id}, ${job.lease}, 'Done.', ${tx.json(recommendations as never)},
        ${usage ? tx.json(usage as never) : null})`;
    return row as unknown as Job;
  });
}

/** What the audit log holds about one recommendation or job. */
export async function auditOf(db: TestDatabase, targetId: string) {
  return await db.sql`select action, actor_id, after from nemo.audit_log where target_id = ${targetId} order by sequence`;
}
