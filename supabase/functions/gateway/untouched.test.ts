import { gzipSync } from "node:zlib";
import { beforeAll, expect, it } from "vitest";
import { useStack } from "../../../tests/support/stack.ts";
import { exchange } from "./testing/exchange.ts";
import { makeTeam, marker, type Team } from "./testing/team.ts";

const stack = useStack();
let team: Team;
beforeAll(async () => {
  team = await makeTeam(stack);
});

/** Sends a body and expects it at the provider as it was, or as `expected`. */
async function passes(write: (marker: string) => string, expected = write): Promise<void> {
  const { marker, status, sent, headers } = await exchange(team, write);
  expect([status, sent]).toEqual([200, expected(marker)]);
  expect(headers.has("x-nemo-template-id")).toBe(false);
  expect(headers.has("x-nemo-render-hash")).toBe(false);
}

it.each<[string, (marker: string) => string]>([
  [
    "numbers JavaScript cannot hold",
    (m) => `{"model":"fake-gpt","user":"${m}","messages":[],"seed":12345678901234567890,"x":1e999,"y":-0.0}`,
  ],
  [
    "floats with a zero behind the point",
    (m) => `{"model":"fake-gpt","user":"${m}","messages":[],"temperature":1.0,"top_p":5e-1}`,
  ],
  ["spaces, tabs and line ends", (m) => ` \r\n{\t"model" :"fake-gpt",\n\n "messages":[ ] ,"user":"${m}" }\n`],
  [
    "escapes and characters beyond the first plane",
    (m) =>
      `{"model":"fake-gpt","messages":[{"role":"user","content":"\\u00e9é😀\\ud83d\\ude00\\/\\u0000\\ud800 ${m}"}]}`,
  ],
  ["a name that occurs twice", (m) => `{"model":"fake-gpt","messages":[],"seed":1,"seed":2,"user":"${m}"}`],
  [
    "unknown fields, null and deep ones too",
    (m) => `{"model":"fake-gpt","messages":[],"x_new":{"a":[null,{"nemo_b":1}]},"tools":null,"user":"${m}"}`,
  ],
  [
    "nemo_ anywhere but in a field's name",
    (m) =>
      `{"model":"fake-gpt","messages":[{"role":"user","content":"nemo_prompt_template_id","nemo_own":1}],"user":"${m}"}`,
  ],
  [
    "metadata without a key of ours",
    (m) => `{"model":"fake-gpt","messages":[],"metadata":{ "a" : "nemo_" },"user":"${m}"}`,
  ],
])("a body with %s reaches the provider byte for byte", async (_, write) => passes(write));

it("of a stream's body everything but the asked usage stays byte for byte", async () => {
  const ask = async (options: string) => {
    const mark = marker();
    const body = `{ "seed": 12345678901234567890, "stream": true, ${options} "model":"fake-gpt","messages":[{"role":"user","content":"${mark}"}] }`;
    await (await team.post("/chat/completions", body)).text();
    return (await stack.provider.requests(mark))[0]?.body.replaceAll(mark, "M");
  };
  const rest = '"model":"fake-gpt","messages":[{"role":"user","content":"M"}] }';
  const start = '"seed": 12345678901234567890, "stream": true, ';
  expect(await ask("")).toBe(`{"stream_options":{"include_usage":true}, ${start} ${rest}`);
  expect(await ask('"stream_options": { "include_obfuscation": false },')).toBe(
    `{ ${start}"stream_options": {"include_usage":true, "include_obfuscation": false }, ${rest}`,
  );
  expect(await ask('"stream_options": {"include_usage": false},')).toBe(
    `{ ${start}"stream_options": {"include_usage":true}, ${rest}`,
  );
  expect(await ask('"stream_options": null,')).toBe(
    `{ ${start}"stream_options": {"include_usage":true}, ${rest}`,
  );
  for (const given of ['"stream_options": {"include_usage" : true},', '"stream_options": "wrong",']) {
    expect(await ask(given)).toBe(`{ ${start}${given} ${rest}`);
  }
});

it("our fields go and the rest keeps every byte", () =>
  passes(
    (m) =>
      `{ "nemo_prompt_subject":"user 1", "model":"fake-gpt", "\\u006eemo_prompt_variables" : {"a":1}, "seed":12345678901234567890,"metadata":{"a": "b","nemo_trace":"t" , "c":1.0},"messages":[],"user":"${m}","nemo_prompt_label":null}`,
    (m) =>
      `{ "model":"fake-gpt", "seed":12345678901234567890,"metadata":{"a": "b" , "c":1.0},"messages":[],"user":"${m}"}`,
  ));

it("metadata that held only keys of ours arrives empty, and what is no object arrives as it was", async () => {
  await passes(
    (m) => `{"model":"fake-gpt","messages":[],"user":"${m}","metadata":{"nemo_a":"1","nemo_b":2}}`,
    (m) => `{"model":"fake-gpt","messages":[],"user":"${m}","metadata":{}}`,
  );
  await passes((m) => `{"model":"fake-gpt","messages":[],"user":"${m}","metadata":["nemo_a"]}`);
  await passes((m) => `{"model":"fake-gpt","messages":[],"user":"${m}","metadata":null}`);
});

it("a field that is written twice cannot smuggle a key of ours, or another model than the one that is charged", () =>
  passes(
    (m) =>
      `{"metadata":{"nemo_a":"1"},"model":"dear","messages":[],"user":"${m}","metadata":{},"model":"fake-gpt"}`,
    (m) => `{"messages":[],"user":"${m}","metadata":{},"model":"fake-gpt"}`,
  ));

it("a compressed body is read, up to 4 MB of what it holds", async () => {
  const post = (body: Uint8Array, encoding: string) =>
    fetch(`${stack.gatewayUrl}/chat/completions`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${team.key}`,
        "content-type": "application/json",
        "content-encoding": encoding,
      },
      body: body as BodyInit,
    });
  const mark = marker();
  const text = `{"model":"fake-gpt","messages":[],"user":"${mark}"}`;
  expect((await post(gzipSync(text), "gzip")).status).toBe(200);
  expect((await team.received(mark)).body).toBe(text);
  const large = await post(gzipSync(`{"user":"${"x".repeat(5 * 1024 * 1024)}"}`), "gzip");
  expect([large.status, await large.json()]).toMatchObject([413, { error: { code: "request_too_large" } }]);
  const broken = await post(Buffer.from(text), "gzip");
  expect([broken.status, await broken.json()]).toMatchObject([400, { error: { code: "invalid_request" } }]);
  const unknown = await post(Buffer.from(text), "br");
  expect([unknown.status, await unknown.json()]).toMatchObject([
    400,
    { error: { param: "content-encoding" } },
  ]);
});

it("of the client's headers the provider sees none that is its own affair", async () => {
  const mark = marker();
  await team.post(
    "/chat/completions",
    { model: "fake-gpt", messages: [], user: mark },
    {
      cookie: "a=b",
      "x-forwarded-for": "203.0.113.9",
      "x-request-id": "mine",
      "openai-beta": "x=v1",
      "x-own": "1",
    },
  );
  const { headers } = await team.received(mark);
  expect(JSON.stringify(headers)).not.toContain(team.key);
  for (const name of ["cookie", "x-forwarded-for", "x-request-id", "x-own", "x-nemo-prompt-template-id"])
    expect(headers).not.toHaveProperty(name);
  expect(headers).toMatchObject({ "openai-beta": "x=v1", "content-type": "application/json" });
});
