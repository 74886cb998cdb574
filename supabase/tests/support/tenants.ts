import type { TestDatabase } from "../../../tests/support/database.ts";

export const ROLES = ["viewer", "member", "admin", "owner"] as const;
export type Role = (typeof ROLES)[number];

/** An organization with one person of each role. */
export interface Tenant {
  readonly organizationId: string;
  readonly people: Readonly<Record<Role, string>>;
}

let counter = 0;

/** A person of whom only the id matters. Signing up also makes an organization of the person's own. */
export async function someone(db: TestDatabase, name = "person"): Promise<string> {
  counter += 1;
  return await db.createUser(`${name}-${counter}@tenant.test`);
}

export async function createTenant(db: TestDatabase): Promise<Tenant> {
  const people = {} as Record<Role, string>;
  for (const role of ROLES) people[role] = await someone(db, role);
  const organizationId = await db.asUser(people.owner, async (tx) => {
    const [made] = await tx`select (create_organization('A tenant')).id`;
    return made!.id as string;
  });
  for (const role of ["viewer", "member", "admin"] as const)
    await join(db, organizationId, people[role], role);
  return { organizationId, people };
}

export async function join(
  db: TestDatabase,
  organizationId: string,
  userId: string,
  role: Role,
): Promise<void> {
  await db.sql`insert into nemo.memberships (organization_id, user_id, role) values (${organizationId}, ${userId}, ${role})`;
}

export async function createTemplate(
  db: TestDatabase,
  tenant: Tenant,
  name = `template-${++counter}`,
): Promise<string> {
  return await db.asUser(tenant.people.member, async (tx) => {
    const [made] = await tx`select (create_template(${tenant.organizationId}, ${name})).id`;
    return made!.id as string;
  });
}

export interface SavedVersion {
  readonly template_id: string;
  readonly version: number;
  readonly parent_version: number | null;
  readonly content_hash: string;
  readonly diff: unknown;
  readonly messages: readonly { role: string; content: string }[];
  readonly config: unknown;
  readonly contract: unknown;
  readonly note: string;
  readonly created_by: string;
  readonly created_at: Date;
}

export async function saveText(
  db: TestDatabase,
  userId: string,
  templateId: string,
  text: string,
): Promise<SavedVersion> {
  return await db.asUser(userId, async (tx) => {
    const [saved] = await tx`
      select * from save_version(${templateId}, ${tx.json([{ role: "system", content: text }])})`;
    return saved as unknown as SavedVersion;
  });
}

/** What the server does after linting: without it no version can be activated. */
export async function recordLint(
  db: TestDatabase,
  templateId: string,
  version: number,
  errors = 0,
): Promise<void> {
  const [row] = await db.sql`
    select content_hash from nemo.prompt_versions where template_id = ${templateId} and version = ${version}`;
  await db.asServiceRole(
    (tx) => tx`select record_lint_report(${templateId}, ${version}, ${row!.content_hash}, ${errors})`,
  );
}

/** A template with `texts` saved as its versions, all linted, the last one active. */
export async function activeTemplate(db: TestDatabase, tenant: Tenant, ...texts: string[]): Promise<string> {
  const templateId = await createTemplate(db, tenant);
  for (const [index, text] of texts.entries()) {
    await saveText(db, tenant.people.member, templateId, text);
    await recordLint(db, templateId, index + 1);
  }
  await db.asUser(tenant.people.member, (tx) => tx`select activate_version(${templateId}, ${texts.length})`);
  return templateId;
}

/** The code a refused call was refused with; fails when the call succeeds. */
export async function refusal(
  work: PromiseLike<unknown>,
): Promise<{ code: string; message: string; hint: string; detail: string }> {
  try {
    await work;
  } catch (error) {
    const { code, message, hint, detail } = error as {
      code: string;
      message: string;
      hint: string;
      detail: string;
    };
    return { code, message, hint, detail };
  }
  throw new Error("the call was allowed");
}

export async function refusalCode(work: PromiseLike<unknown>): Promise<string> {
  return (await refusal(work)).code;
}
