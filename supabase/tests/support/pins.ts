import type { TestDatabase } from "../../../tests/support/database.ts";
import { createTemplate, saveText, type Tenant } from "./tenants.ts";

/** A template with a version for each of these texts. */
export async function templateOf(
  db: TestDatabase,
  owner: Tenant,
  name: string,
  ...texts: string[]
): Promise<string> {
  const id = await createTemplate(db, owner, name);
  for (const text of texts) await saveText(db, owner.people.member, id, text);
  return id;
}

/** Which version of what it includes a version means. */
export async function pinsOf(db: TestDatabase, templateId: string, version: number): Promise<unknown> {
  const [row] =
    await db.sql`select pins from nemo.prompt_versions where template_id = ${templateId} and version = ${version}`;
  return row!.pins;
}
