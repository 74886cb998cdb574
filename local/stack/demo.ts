import type { Stack } from "./start-stack.ts";

export async function ensureDemo(_stack: Stack, _dataDirectory: string): Promise<void> {}
