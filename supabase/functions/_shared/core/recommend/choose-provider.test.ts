import { expect, it } from "vitest";
import { type Connection, chooseProvider } from "./choose-provider.ts";

const acme: Connection = { id: "1", name: "acme", models: ["llama-*", "gpt-4o"], fallbacks: ["platform"] };
const choice = (
  config: Record<string, unknown>,
  platformModel: string | null = null,
  connections = [acme],
) => {
  const chosen = chooseProvider(config, connections, platformModel);
  return chosen && [chosen.provider, chosen.model];
};

it.each<[string, Record<string, unknown>, [string, string]]>([
  ["a prefix in the model's name", { model: "acme/any" }, ["acme", "any"]],
  ["the version's provider", { model: "any", provider: "acme" }, ["acme", "any"]],
  ["a model the connection lists", { model: "gpt-4o" }, ["acme", "gpt-4o"]],
  ["a beginning the connection lists", { model: "llama-3" }, ["acme", "llama-3"]],
  ["the platform, where nothing says otherwise", { model: "gpt-4o-mini" }, ["platform", "gpt-4o-mini"]],
  ["the platform by its name, without the name", { model: "platform/gpt-4o" }, ["platform", "gpt-4o"]],
  ["the platform's default, without a model", {}, ["platform", "gpt-4.1-mini"]],
  ["the connection's first whole name, without a model", { provider: "acme" }, ["acme", "gpt-4o"]],
])("chooses as the gateway does: %s", (_, config, expected) => {
  expect(choice(config)).toEqual(expected);
});

it("a provider that is not connected is nobody, whatever its fallbacks are", () => {
  expect(choice({ model: "gpt-4o", provider: "gone", fallbacks: ["platform"] })).toBeNull();
});

it("the operator's model holds for the platform, and not for an organization's own provider", () => {
  expect(choice({ model: "gpt-4o-mini" }, "gpt-5-mini")).toEqual(["platform", "gpt-5-mini"]);
  expect(choice({ model: "acme/any" }, "gpt-5-mini")).toEqual(["acme", "any"]);
});

it("a connection that takes every model takes the default too, so nothing leaves it unasked", () => {
  expect(choice({}, null, [{ ...acme, models: ["*"] }])).toEqual(["acme", "gpt-4.1-mini"]);
});
