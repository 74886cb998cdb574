import { readFile } from "node:fs/promises";
import type { Sql } from "postgres";

/** All that the stack's Postgres has written to its log, statements that failed included. */
export async function postgresLog(sql: Sql): Promise<string> {
  const [row] = await sql`show data_directory`;
  return await readFile(`${row?.data_directory}.log`, "utf8");
}
