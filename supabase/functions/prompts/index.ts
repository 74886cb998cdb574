import { createPromptsHandler } from "./handle-request.ts";
import { createPromptsStore } from "./prompts-store.ts";

const env = (name: string): string | undefined => Deno.env.get(name);

Deno.serve(createPromptsHandler(createPromptsStore(env)));
