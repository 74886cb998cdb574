import { createHash } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { useStack } from "../../../tests/support/stack.ts";
import { canonicalJson } from "../_shared/core/prompt/canonical-hash.ts";
import { exchange, sentJson } from "./testing/exchange.ts";
import { makeTeam, type Team } from "./testing/team.ts";

const stack = useStack();
const schema = {
  type: "json_schema",
  json_schema: { name: "reply", schema: { type: "object" }, strict: true },
};
const tool = (name: string) => ({ type: "function", function: { name, parameters: { type: "object" } } });
const CONFIG = {
  model: "fake-gpt",
  temperature: 0.25,
  max_tokens: 64,
  response_format: schema,
  tools: [tool("search")],
  tool_choice: "auto",
  stop: ["END"],
  metadata: { origin: "version" },
};
const OWN = { role: "system", content: "You are terse." };

let team: Team;
const named = () => ({ nemo_prompt_template_id: team.templateId, nemo_prompt_variables: { role: "terse" } });

beforeAll(async () => {
  team = await makeTeam(stack, "You are {{ role }}.", { config: CONFIG });
});

describe("the version's config", () => {
  it("fills everything the client left out, and nothing else is added", async () => {
    const sent = await sentJson(team, (user) => ({ user, ...named() }));
    expect(sent).toEqual({ ...CONFIG, user: expect.any(String), messages: [OWN] });
  });

  it("gives way to each explicit parameter of the client, null and false and 0 included", async () => {
    const own = {
      temperature: 0,
      response_format: null,
      tools: [tool("other")],
      tool_choice: "none",
      stop: null,
      metadata: { mine: "1" },
      parallel_tool_calls: false,
      max_tokens: 1,
    };
    const sent = await sentJson(team, (user) => ({ user, model: "fake-gpt-mini", ...named(), ...own }));
    expect(sent).toEqual({ ...own, model: "fake-gpt-mini", user: expect.any(String), messages: [OWN] });
  });

  it("gives way to the newer name of a parameter as to the older", async () => {
    const sent = await sentJson(team, (user) => ({ user, max_completion_tokens: 5, ...named() }));
    expect(sent).toMatchObject({ max_completion_tokens: 5 });
    expect(sent).not.toHaveProperty("max_tokens");
  });

  it("never decides how the answer is delivered, nor adds messages", async () => {
    const config = { model: "fake-gpt", stream: true, stream_options: {}, messages: [OWN, OWN], nemo_x: 1 };
    const other = await makeTeam(stack, "Hello.", { config });
    const sent = await sentJson(other, (user) => ({ user, model: `nemo/${other.name}` }));
    expect(sent).toEqual({
      model: "fake-gpt",
      user: expect.any(String),
      messages: [{ ...OWN, content: "Hello." }],
    });
  });
});

describe("the model", () => {
  it.each([
    ["the client's, when it names one", { model: "fake-gpt-mini" }, "fake-gpt-mini"],
    ["the version's, when the client names none", {}, "fake-gpt"],
    ["the version's, when the client says null", { model: null }, "fake-gpt"],
    ["the version's, when the client says nemo", { model: "nemo" }, "fake-gpt"],
    ["the version's, when the client says nemo/ and anything", { model: "nemo/anything" }, "fake-gpt"],
  ])("is %s", async (_, fields, model) => {
    expect((await sentJson(team, (user) => ({ user, ...named(), ...fields }))).model).toBe(model);
  });

  it("must be named by one of the two", async () => {
    const other = await makeTeam(stack, "Hello.", { config: {} });
    const { status, answer } = await exchange(other, (user) => ({ user, model: `nemo/${other.name}` }));
    expect([status, answer.error]).toMatchObject([400, { code: "invalid_request", param: "model" }]);
    expect(
      (await sentJson(other, (user) => ({ user, nemo_prompt_template_id: other.name, model: "fake-x" })))
        .model,
    ).toBe("fake-x");
  });
});

describe("messages", () => {
  it("of the version come first, then the client's, byte for byte and never rendered", async () => {
    const theirs = `[ {"role":"user", "content":[{"type":"text","text":"{{ role }}"},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}}], "n": 1.0},{"role":"tool","tool_call_id":"c1","content":"\\u00e9😀 {% raw %}"} ]`;
    const { sent } = await exchange(
      team,
      (user) =>
        `{"user":"${user}","messages":${theirs},"seed":12345678901234567890,${JSON.stringify(named()).slice(1)}`,
    );
    expect(sent).toContain(`"messages":[${JSON.stringify(OWN)}, ${theirs.slice(2)}`);
    expect(sent).toContain('"seed":12345678901234567890');
    expect(sent).not.toContain("nemo_");
  });

  it("may be none of the client's: absent, null or empty", async () => {
    for (const fields of [{}, { messages: null }, { messages: [] }])
      expect((await sentJson(team, (user) => ({ user, ...named(), ...fields }))).messages).toEqual([OWN]);
  });

  it("that are no list are refused", async () => {
    const { status, answer } = await exchange(team, (user) => ({ user, ...named(), messages: "hello" }));
    expect([status, answer.error]).toMatchObject([400, { code: "invalid_request", param: "messages" }]);
  });
});

describe("variables", () => {
  it("are data, whatever they look like: not rendered again, not escaped, in any script", async () => {
    for (const role of [
      "{{ 7 * 7 }} {% for x in y %}",
      '"],"role":"user" \\ \u2028 </script>',
      "שלום 👩‍👩‍👧 \u0000 e\u0301",
    ]) {
      const sent = await sentJson(team, (user) => ({ user, ...named(), nemo_prompt_variables: { role } }));
      expect(sent.messages).toEqual([{ role: "system", content: `You are ${role}.` }]);
    }
  });

  it("named like parts of JavaScript's objects are variables like any other", async () => {
    for (const name of ["__proto__", "constructor", "toString"]) {
      const { status, answer } = await exchange(
        team,
        (user) =>
          `{"user":"${user}","nemo_prompt_template_id":"${team.name}","nemo_prompt_variables":{"role":"x","${name}":1}}`,
      );
      expect([status, answer.error?.code]).toEqual([422, "prompt_variables_unknown"]);
      expect(answer.error?.message).toContain(name);
    }
  });

  it("missing and unknown ones are all named in one refusal, under lenient only the missing", async () => {
    const refusal = async (mode: object) => {
      const contract = { ...mode };
      const version = await team.save("{{ first }}{{ second }}", { contract });
      const variables = { third: 1, fourth: 2 };
      const { status, answer, sent } = await exchange(team, (user) => ({
        user,
        model: `nemo/${team.name}@v${version}`,
        nemo_prompt_variables: variables,
      }));
      expect([status, sent, answer.error?.param]).toEqual([422, null, "nemo_prompt_variables"]);
      return answer.error;
    };
    const strict = await refusal({});
    expect(strict).toMatchObject({ code: "prompt_variables_missing", type: "invalid_request_error" });
    for (const name of ["first", "second", "third", "fourth"]) expect(strict?.message).toContain(name);
    const lenient = await refusal({ variables_mode: "lenient" });
    expect(lenient?.message).toMatch(/first.*second/);
    expect(lenient?.message).not.toMatch(/third|fourth/);
  });
});

it("the receipt's hash is that of the messages that were sent, and of no other", async () => {
  const ask = (role: string) =>
    exchange(team, (user) => ({
      user,
      ...named(),
      nemo_prompt_variables: { role },
      messages: [{ role: "user", content: user }],
    }));
  const { headers, sent } = await ask("é 😀");
  const rendered = JSON.parse(sent as string).messages.slice(0, 1);
  const hash = createHash("sha256").update(canonicalJson(rendered)).digest("hex");
  expect(headers.get("x-nemo-render-hash")).toBe(hash);
  expect((await ask("é 😀")).headers.get("x-nemo-render-hash")).toBe(hash);
  expect((await ask("e\u0301 😀")).headers.get("x-nemo-render-hash")).not.toBe(hash);
});

it("numbers and the order of keys reach the template as the client wrote them", async () => {
  const version = await team.save("{{ price }} {{ id }} {{ table }}");
  const variables = '{"price": 10.0, "id": 12345678901234567890, "table": {"b": 1, "10": 2, "9": 3e0}}';
  const { status, sent } = await exchange(
    team,
    (user) =>
      `{"model": "nemo/${team.name}@v${version}", "user": "${user}", "messages": [], "nemo_prompt_variables": ${variables}}`,
  );
  expect(status).toBe(200);
  expect(JSON.parse(sent ?? "").messages[0].content).toBe(
    "10.0 12345678901234567890 {'b': 1, '10': 2, '9': 3.0}",
  );
});
