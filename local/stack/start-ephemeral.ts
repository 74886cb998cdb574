import { rm } from "node:fs/promises";
import { temporaryDirectory } from "../postgres/throw-away-database.ts";
import { releaseDirectory } from "../processes/guard.ts";
import { ensureDemo } from "./demo.ts";
import { type Stack, type StackOptions, startStack } from "./start-stack.ts";

export type EphemeralOptions = Partial<
  Pick<StackOptions, "upstream" | "dashboard" | "projectRoot" | "notice">
> & {
  /** Make the demo, as `npm start` does. */
  readonly seed?: boolean;
};

/** A stack on free ports and throw-away data, which leaves nothing behind, however this process ends. */
export async function startEphemeralStack({
  seed = true,
  ...options
}: EphemeralOptions = {}): Promise<Stack> {
  const dataDirectory = await temporaryDirectory();
  const remove = async () => {
    await rm(dataDirectory, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    releaseDirectory(dataDirectory);
  };
  try {
    const stack = await startStack({
      durable: false,
      port: 0,
      dashboard: true,
      watch: false,
      notice: (sentence) => console.error(sentence),
      ...options,
      dataDirectory,
    });
    if (seed)
      await ensureDemo(stack, dataDirectory).catch((error) => stack.stop().then(() => Promise.reject(error)));
    return { ...stack, stop: () => stack.stop().finally(remove) };
  } catch (error) {
    await remove();
    throw error;
  }
}
