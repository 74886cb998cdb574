import { beforeAll, describe, expect, it } from "vitest";
import { useStack } from "../../../tests/support/stack.ts";
import { exchange } from "./testing/exchange.ts";
import { makeTeam, type Team } from "./testing/team.ts";

const stack = useStack();
let team: Team;
let pinned: number;
let labelled: number;
const setLabel = (name: string, version: number) =>
  team.person.client.rpc("set_label", { template_id: team.templateId, name, version });

beforeAll(async () => {
  team = await makeTeam(stack, "Active.");
  pinned = await team.save("Pinned.");
  labelled = await team.save("Labelled.");
  expect((await setLabel("staging", labelled)).error).toBeNull();
});

/** Asks with these fields and headers; answers the status and the version's text at the provider, or the error. */
async function served(fields: object, headers: Record<string, string> = {}) {
  const { status, answer, sent } = await exchange(
    team,
    (user) => ({ model: "fake-gpt", messages: [], user, ...fields }),
    { headers },
  );
  const text = sent === null ? null : (JSON.parse(sent).messages[0]?.content ?? "untouched");
  return answer.error ? [status, answer.error.code, answer.error.param] : [status, text];
}

describe("a template is selected", () => {
  it("by id and by name in the field, in the header, and by name in the model", async () => {
    for (const template of [team.templateId, team.name]) {
      expect(await served({ nemo_prompt_template_id: template })).toEqual([200, "Active."]);
      expect(await served({}, { "x-nemo-prompt-template-id": template })).toEqual([200, "Active."]);
      expect(await served({ model: `nemo/${template}` })).toEqual([200, "Active."]);
    }
  });

  it("by the field before the header before the model before the key's default", async () => {
    const other = await makeTeam(stack, "Default.");
    await other.sql`update nemo.api_keys set default_template_id = ${other.templateId} where organization_id = ${other.person.organizationId}`;
    const ask = async (fields: object, headers = {}) => {
      const write = (user: string) => ({ model: "fake-gpt", messages: [], user, ...fields });
      const { status, answer, sent } = await exchange(other, write, { headers });
      return answer.error?.code ?? [status, JSON.parse(sent as string).messages[0]?.content];
    };
    expect(await ask({})).toEqual([200, "Default."]);
    expect(await ask({ model: "nemo" })).toEqual([200, "Default."]);
    expect(await ask({ model: "nemo/missing" })).toBe("template_not_found");
    const header = { "x-nemo-prompt-template-id": other.name };
    expect(await ask({ model: "nemo/missing" }, header)).toEqual([200, "Default."]);
    expect(await ask({ nemo_prompt_template_id: "missing" }, header)).toBe("template_not_found");
    expect(await ask({ nemo_prompt_version: 1 })).toEqual([200, "Default."]);
    expect(await ask({ nemo_prompt_version: 2 })).toBe("template_not_found");
  });

  it("not at all without any of them, and an empty header is none", async () => {
    expect(await served({})).toEqual([200, "untouched"]);
    expect(await served({ nemo_prompt_template_id: null }, { "x-nemo-prompt-template-id": " " })).toEqual([
      200,
      "untouched",
    ]);
    expect(await served({ model: "nemo" })).toEqual([400, "invalid_request", "model"]);
    expect(await served({ model: "nemotron-4" })).toEqual([200, "untouched"]);
  });
});

describe("a version is pinned", () => {
  it("by number or label, in a field or in the model's name", async () => {
    const named = { nemo_prompt_template_id: team.name };
    expect(await served({ ...named, nemo_prompt_version: pinned })).toEqual([200, "Pinned."]);
    expect(await served({ ...named, nemo_prompt_label: "staging" })).toEqual([200, "Labelled."]);
    expect(await served({ model: `nemo/${team.name}@v${pinned}` })).toEqual([200, "Pinned."]);
    expect(await served({ model: `nemo/${team.name}@staging` })).toEqual([200, "Labelled."]);
    expect(await served({ nemo_prompt_version: pinned }, { "x-nemo-prompt-template-id": team.name })).toEqual(
      [200, "Pinned."],
    );
  });

  it("by the field before the model's name, whose pin goes with the template it names", async () => {
    const model = `nemo/${team.name}@staging`;
    expect(await served({ model, nemo_prompt_version: pinned })).toEqual([200, "Pinned."]);
    expect(await served({ model, nemo_prompt_template_id: team.name })).toEqual([200, "Active."]);
  });

  it("not when it does not exist, nor by number and label at once, nor without a template", async () => {
    const name = team.name;
    expect(await served({ model: `nemo/${name}@v99` })).toEqual([
      404,
      "template_not_found",
      "nemo_prompt_version",
    ]);
    expect(await served({ model: `nemo/${name}@nowhere` })).toEqual([
      404,
      "template_not_found",
      "nemo_prompt_label",
    ]);
    expect(await served({ model: `nemo/${name}@` })).toEqual([400, "invalid_request", "model"]);
    for (const odd of ["@v0", "@v01", "@V1", "@v1.5", "@v-1", "@v1@v2"])
      expect(await served({ model: `nemo/${name}${odd}` })).toEqual([
        404,
        "template_not_found",
        "nemo_prompt_label",
      ]);
    for (const none of [
      "nemo/",
      "nemo//",
      "nemo/@v1",
      `nemo/${name}/x`,
      "nemo/Ünknown",
      "nemo/\ud800",
      "nemo/\u0000",
    ])
      expect((await served({ model: none })).slice(0, 2)).toEqual([404, "template_not_found"]);
    const both = { nemo_prompt_version: pinned, nemo_prompt_label: "staging", model: `nemo/${name}` };
    expect(await served(both)).toEqual([400, "invalid_request", "nemo_prompt_label"]);
    expect((await served({ nemo_prompt_version: 1 })).slice(0, 2)).toEqual([400, "invalid_request"]);
    expect((await served({ nemo_prompt_label: "staging" })).slice(0, 2)).toEqual([400, "invalid_request"]);
  });
});

describe("a field of ours", () => {
  it.each<[string, unknown]>([
    ["nemo_prompt_template_id", 7],
    ["nemo_prompt_template_id", ""],
    ["nemo_prompt_template_id", ["support"]],
    ["nemo_prompt_version", "1"],
    ["nemo_prompt_version", 0],
    ["nemo_prompt_version", 1.5],
    ["nemo_prompt_version", 2 ** 31],
    ["nemo_prompt_version", true],
    ["nemo_prompt_label", 1],
    ["nemo_prompt_label", {}],
    ["nemo_prompt_variables", "role=x"],
    ["nemo_prompt_variables", [1]],
    ["nemo_prompt_variables", 5],
    ["nemo_prompt_subject", 5],
    ["nemo_prompt_subject", ""],
  ])("of another type or size is refused by name: %s = %j", async (name, value) => {
    expect(await served({ model: `nemo/${team.name}`, [name]: value })).toEqual([
      400,
      "invalid_request",
      name,
    ]);
  });

  it("that is too long to name anything is refused", async () => {
    const name = "nemo_prompt_template_id";
    expect(await served({ [name]: "x".repeat(513) })).toEqual([400, "invalid_request", name]);
  });

  it("that does not exist is refused whatever its value, also without a template", async () => {
    for (const name of [
      "nemo_",
      "nemo_prompt",
      "nemo_prompt_template",
      "nemo_prompt_variables ",
      "nemo___proto__",
    ])
      expect(await served({ [name]: null })).toEqual([400, "unknown_nemo_field", name]);
    expect(await served({ NEMO_X: 1, nemoX: 2 })).toEqual([200, "untouched"]);
  });

  it("that is null counts as not given", async () => {
    const fields = ["template_id", "version", "label", "variables", "subject"];
    const all = Object.fromEntries(fields.map((name) => [`nemo_prompt_${name}`, null]));
    expect(await served({ ...all, model: `nemo/${team.name}` })).toEqual([200, "Active."]);
  });
});
