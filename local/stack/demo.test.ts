import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@supabase/supabase-js";
import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { useStack } from "../../tests/support/stack.ts";
import { type Demo, ensureDemo } from "./demo.ts";

const stack = useStack();

describe("the demo", () => {
  let folder: string;
  let demo: Demo;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "nemo-demo-"));
    demo = await ensureDemo(stack, folder);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test("can be signed in to, and has an active template", async () => {
    const client = createClient(stack.url, stack.publishableKey, {
      db: { schema: "nemo" },
      auth: { persistSession: false, autoRefreshToken: false },
    });
    expect((await client.auth.signInWithPassword(demo)).error).toBeNull();
    const { data } = await client.from("prompt_templates").select("id, name, active_version");
    expect(data).toEqual([{ id: demo.templateId, name: "support-agent", active_version: 1 }]);
  });

  test("answers through the unmodified OpenAI SDK with the printed snippet's call", async () => {
    const openai = new OpenAI({ baseURL: stack.gatewayUrl, apiKey: demo.key });
    const request = {
      model: "nemo/support-agent",
      messages: [{ role: "user" as const, content: "Where is my parcel?" }],
      nemo_prompt_variables: { role: "a support agent", lang: "English" },
    };
    const completion = await openai.chat.completions.create(request);
    expect(completion.choices[0]?.message.content).toContain(
      "You are a support agent at the shop. Answer in English.",
    );
    expect(completion.model).toContain("fake");
  });

  test("is made once and shown again, with the same key", async () => {
    expect(await ensureDemo(stack, folder)).toEqual(demo);
    expect(JSON.parse(await readFile(join(folder, "demo.json"), "utf8"))).toEqual(demo);
  });

  test("that was interrupted is completed, not made twice", async () => {
    await rm(join(folder, "demo.json"));
    const again = await ensureDemo(stack, folder);
    expect({ ...again, key: "" }).toEqual({ ...demo, key: "" });
    expect(again.key).not.toBe(demo.key);
  });
});
