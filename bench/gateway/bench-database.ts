import { randomBytes, randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import postgres, { type Sql, type TransactionSql } from "postgres";
import { applyMigrations } from "../../local/postgres/apply-migrations.ts";
import { bootstrap, setPassword } from "../../local/postgres/bootstrap.ts";
import { type RunningPostgres, startPostgres } from "../../local/postgres/start-postgres.ts";
import { temporaryDirectory } from "../../local/postgres/throw-away-database.ts";

/** A database that waits for its disk, with one organization, one template and one key. */
export interface BenchDatabase {
  readonly server: RunningPostgres;
  /** As the superuser. */
  readonly sql: Sql;
  readonly gatewayUrl: string;
  readonly templateId: string;
  readonly key: string;
  /** Makes another version the active one, as the dashboard would; answers when it is acknowledged. */
  activate(version: number): Promise<void>;
  stop(): Promise<void>;
}

/** Versions 1 and 2 differ in their first word, so that an answer's render hash tells which was served. */
const TEXTS = ["First", "Second"].map(
  (word) =>
    `${word}: you are {{ role }} at {{ shop | default('the shop') }}. Answer in {{ lang | default('English') }}.\n` +
    "{% for fact in facts %}\n- {{ fact }}\n{% endfor %}\nBe brief and friendly. If you are not sure, say so.",
);

export async function startBenchDatabase(): Promise<BenchDatabase> {
  const directory = await temporaryDirectory();
  const password = randomBytes(18).toString("base64url");
  const server = await startPostgres({
    dataDirectory: join(directory, "postgres"),
    password,
    durable: true,
  });
  const sql = postgres(server.url("supabase_admin"), { max: 4, onnotice: () => {} });
  await bootstrap(sql, password);
  await applyMigrations(server.url());
  await setPassword(sql, "nemo_gateway", password);
  const person = randomUUID();
  const as = <T>(work: (tx: TransactionSql) => Promise<unknown>) => asPerson<T>(sql, person, work);
  const { templateId, key } = await fill(sql, person, as);
  return {
    server,
    sql,
    gatewayUrl: server.url("nemo_gateway"),
    templateId,
    key,
    activate: async (version) =>
      void (await as((tx) => tx`select nemo.activate_version(${templateId}, ${version})`)),
    stop: async () => {
      await sql.end({ timeout: 2 });
      await server.stop();
      await rm(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    },
  };
}

async function asPerson<T>(
  sql: Sql,
  userId: string,
  work: (tx: TransactionSql) => Promise<unknown>,
): Promise<T> {
  const claims = JSON.stringify({ sub: userId, role: "authenticated" });
  return (await sql.begin(async (tx) => {
    await tx`select set_config('request.jwt.claims', ${claims}, true), set_config('role', 'authenticated', true)`;
    return ((await work(tx)) as unknown[])[0];
  })) as T;
}

async function fill(
  sql: Sql,
  person: string,
  as: <T>(work: (tx: TransactionSql) => Promise<unknown>) => Promise<T>,
): Promise<{ templateId: string; key: string }> {
  await sql`insert into auth.users (id, email, aud, role) values (${person}, 'bench@nemo.test', 'authenticated', 'authenticated')`;
  const organization = await as<{ id: string }>((tx) => tx`select id from nemo.create_organization('Bench')`);
  const template = await as<{ id: string }>(
    (tx) => tx`select id from nemo.create_template(${organization.id}, 'bench-agent')`,
  );
  for (const text of TEXTS) {
    const messages = [{ role: "system", content: text }];
    const config = { model: "gpt-4o-mini", temperature: 0.3 };
    await as((tx) => tx`select nemo.save_version(${template.id}, ${tx.json(messages)}, ${tx.json(config)})`);
  }
  await sql`
    select nemo.record_lint_report(template_id, version, content_hash, 0)
    from nemo.prompt_versions where template_id = ${template.id}`;
  await as((tx) => tx`select nemo.activate_version(${template.id}, 1)`);
  const { key } = await as<{ key: string }>(
    (tx) => tx`select key from nemo.create_api_key(${organization.id}, 'bench')`,
  );
  await sql`insert into nemo.credit_ledger (organization_id, kind, amount_nanousd, note)
    values (${organization.id}, 'grant', 1000000000000000, 'for the benchmark')`;
  return { templateId: template.id, key };
}
