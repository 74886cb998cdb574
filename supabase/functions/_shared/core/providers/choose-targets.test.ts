import { expect, it, test } from "vitest";
import { type ConnectionRule, chooseTargets } from "./choose-targets.ts";

const rule = (name: string, more: Partial<ConnectionRule> = {}): ConnectionRule => ({
  name,
  models: [],
  fallbacks: [],
  ...more,
});

const acme = rule("acme", { fallbacks: ["zeta", "platform/gpt-4o-mini"] });
const zeta = rule("zeta", { models: ["zeta-large", "zephyr-*"] });

/** The choice as `provider:model`, in order. */
function choice(
  clientModel: string | null,
  config: { model?: string; provider?: unknown; fallbacks?: unknown } = {},
  connections: ConnectionRule[] = [acme, zeta],
): string[] {
  const model = clientModel ?? config.model ?? null;
  return chooseTargets({ clientModel, model, config }, connections).map(
    (target) => `${target.provider}:${target.model}`,
  );
}

const acmeFallbacks = ["zeta:gpt-4o", "platform:gpt-4o-mini"];

test.each<[string, string[], ...Parameters<typeof choice>]>([
  ["without any word of a provider the platform's is used", ["platform:gpt-4o"], "gpt-4o"],
  ["the client's prefix is taken off", ["acme:gpt-4o", ...acmeFallbacks], "acme/gpt-4o"],
  ["a prefix that is no connection belongs to the model", ["platform:meta/llama"], "meta/llama"],
  ["only the first part is a prefix", ["zeta:meta/llama"], "zeta/meta/llama"],
  ["the platform can be named", ["platform:zeta-large"], "platform/zeta-large"],
  ["the version's provider", ["zeta:gpt-4o"], null, { model: "gpt-4o", provider: "zeta" }],
  [
    "the version's provider serves the client's model",
    ["zeta:o3"],
    "o3",
    { model: "gpt-4o", provider: "zeta" },
  ],
  ["the client's prefix wins over the version's provider", ["zeta:o3"], "zeta/o3", { provider: "acme" }],
  ["the version's model may have the prefix", ["zeta:gpt-4o"], null, { model: "zeta/gpt-4o" }],
  ["both together name it once", ["zeta:gpt-4o"], null, { model: "zeta/gpt-4o", provider: "zeta" }],
  [
    "a vendor's prefix stays for another provider",
    ["zeta:meta/llama"],
    null,
    { model: "meta/llama", provider: "zeta" },
  ],
  ["a connection's own models come to it", ["zeta:zeta-large"], "zeta-large"],
  ["also by their beginning", ["zeta:zephyr-7b"], null, { model: "zephyr-7b" }],
  [
    "an object named provider is the provider's own parameter",
    ["platform:gpt-4o"],
    null,
    { model: "gpt-4o", provider: { order: ["x"] } },
  ],
  ["no model at all is left as it is", ["platform:null"], null],
])("%s", (_, expected, ...asked) => expect(choice(...asked)).toEqual(expected));

it("a provider that does not exist is never replaced by the platform in silence", () => {
  expect(choice(null, { model: "gpt-4o", provider: "gone" })).toEqual([]);
  expect(choice(null, { model: "gpt-4o", provider: "gone", fallbacks: ["zeta"] })).toEqual(["zeta:gpt-4o"]);
});

it("the version's fallbacks take the place of the connection's, each with a model of its own if it names one", () => {
  const config = {
    model: "gpt-4o",
    provider: "acme",
    fallbacks: ["zeta/zeta-large", "missing", "platform", 7],
  };
  expect(choice(null, config)).toEqual(["acme:gpt-4o", "zeta:zeta-large", "platform:gpt-4o"]);
  expect(choice(null, { ...config, fallbacks: [] })).toEqual(["acme:gpt-4o"]);
  expect(choice("acme/o3", config)).toEqual(["acme:o3", "zeta:o3", "platform:gpt-4o-mini"]);
});

it("the same provider with the same model is tried once, and never more than six are", () => {
  const many = Array.from({ length: 9 }, (_, index) => rule(`p${index}`));
  const fallbacks = ["acme", "acme", ...many.map(({ name }) => name)];
  expect(choice(null, { model: "m", provider: "acme", fallbacks }, [acme, ...many])).toEqual([
    "acme:m",
    "p0:m",
    "p1:m",
    "p2:m",
    "p3:m",
    "p4:m",
  ]);
});
