/** Keeps work alive after the answer was sent. Supabase gives it as `EdgeRuntime.waitUntil`. */
export type WaitUntil = (work: Promise<unknown>) => void;

/**
 * Supabase's own where the runtime has it. Elsewhere (plain Deno, Node) a process lives on by itself, so it is
 * enough to see to it that a failure is logged instead of ending the process.
 */
export function findWaitUntil(): WaitUntil {
  const runtime = (globalThis as { EdgeRuntime?: { waitUntil?: WaitUntil } }).EdgeRuntime;
  if (runtime?.waitUntil) return (work) => runtime.waitUntil?.(work);
  return (work) => {
    work.catch((error: unknown) =>
      console.error("background work failed:", error instanceof Error ? error.message : error),
    );
  };
}
