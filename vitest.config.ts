import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const core = fileURLToPath(new URL("./supabase/functions/_shared/core", import.meta.url));
const alias = { "@core": core };
// A machine that runs everything at once is slow to get to things: limits are for what hangs, and what is polled for is
// promised, not timed.
const patience = { poll: { timeout: 120_000, interval: 50 } };
const limits = { testTimeout: 300_000, hookTimeout: 300_000 };
// A machine of many processors would open more connections than a database takes.
const maxWorkers = Math.min(16, Math.max(1, availableParallelism() - 1));
// A test that asserts nothing cannot fail.
const requireAssertions = true;

/**
 * Four projects, from the fastest to the slowest:
 * - `core`: pure TypeScript, no server of any kind.
 * - `database`: SQL against one ephemeral Postgres; each file gets a database of its own.
 * - `stack`: everything that needs the whole local Supabase, started once on free ports.
 * - `browser`: people's stories in headless Chromium against that same kind of stack.
 */
export default defineConfig({
  test: {
    reporters: ["default", "./tests/support/plain-line-reporter.ts"],
    projects: [
      {
        resolve: { alias },
        test: {
          name: "core",
          ...limits,
          maxWorkers,
          expect: { requireAssertions },
          include: [
            "supabase/functions/_shared/**/*.test.ts",
            "web/src/**/*.test.{ts,tsx}",
            "scripts/**/*.test.ts",
          ],
        },
      },
      {
        resolve: { alias },
        test: {
          name: "database",
          include: ["supabase/tests/**/*.test.ts"],
          globalSetup: "tests/support/database-setup.ts",
          ...limits,
          maxWorkers,
          expect: { ...patience, requireAssertions },
        },
      },
      {
        resolve: { alias },
        test: {
          name: "stack",
          include: [
            "supabase/functions/{gateway,prompts,providers,recommendations}/**/*.test.ts",
            "local/**/*.test.ts",
            "tests/*.test.ts",
          ],
          globalSetup: "tests/support/stack-setup.ts",
          ...limits,
          maxWorkers,
          expect: { ...patience, requireAssertions },
        },
      },
      {
        resolve: { alias },
        test: {
          name: "browser",
          include: ["tests/browser/**/*.test.ts"],
          globalSetup: "tests/support/stack-setup.ts",
          ...limits,
          expect: { ...patience, requireAssertions },
          fileParallelism: false,
          // A browser shares the machine badly: people's stories are told when everything else is done, and a
          // story that a starved machine broke is told once more.
          sequence: { groupOrder: 1 },
          retry: 1,
        },
      },
    ],
  },
});
