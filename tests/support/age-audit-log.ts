import type { Sql } from "postgres";

/** Makes every entry so far a year old, in the chain's own terms, as if the changes had been made then. */
export async function ageAuditLog(sql: Sql, organizationId: string): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`alter table nemo.audit_log disable trigger user`;
    const rows =
      await tx`select sequence from nemo.audit_log where organization_id = ${organizationId} order by sequence`;
    let previous: string | null = null;
    for (const { sequence } of rows) {
      const [row]: { hash: string }[] = await tx`
        update nemo.audit_log set occurred_at = occurred_at - interval '1 year', previous_hash = coalesce(${previous}, previous_hash)
        where organization_id = ${organizationId} and sequence = ${sequence}
        returning nemo_private.audit_hash(audit_log) as hash`;
      await tx`update nemo.audit_log set hash = ${row!.hash} where organization_id = ${organizationId} and sequence = ${sequence}`;
      previous = row!.hash;
    }
    await tx`update nemo_private.audit_heads set hash = ${previous} where organization_id = ${organizationId}`;
    await tx`alter table nemo.audit_log enable trigger user`;
  });
}
