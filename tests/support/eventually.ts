import { vi } from "vitest";

/**
 * Asks again until what is promised holds, and answers what `check` answers. Patient, as `expect.poll` is here: a
 * machine that runs everything at once is slow to get to things. A promise with a time in it is asserted as such.
 */
export function eventually<T>(check: () => T | Promise<T>, interval = 20): Promise<T> {
  return vi.waitFor(check, { timeout: 120_000, interval });
}
