import postgres from "postgres";
import { afterAll, beforeAll } from "vitest";
import type { TestStack } from "../../../../tests/support/stack.ts";

/**
 * Jobs of all test files wait in the stack's one queue, and who works the whole queue works those of others, too. The
 * tests of a file begin when nobody does, or, for those who do, when no others have jobs in it.
 */
export function useQueue(stack: TestStack, how: "alone" | "with others"): void {
  const sql = postgres(stack.dbUrl, { max: 1 });
  beforeAll(async () => {
    const lock = how === "alone" ? "pg_advisory_lock" : "pg_advisory_lock_shared";
    // Held by the connection until it ends.
    await sql.unsafe(`select ${lock}(hashtextextended('tests of recommendation jobs', 0))`);
  });
  afterAll(() => sql.end());
}
