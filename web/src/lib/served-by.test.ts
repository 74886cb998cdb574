import { expect, it } from "vitest";
import type { ModelPrice } from "./queries/get-model-prices.ts";
import { priceOf, servedBy } from "./served-by.ts";

const acme = { name: "acme", models: ["llama-*"], fallbacks: [], enabled: true };

it("says who answers a version as the gateway decides it", () => {
  expect(servedBy({ model: "acme/gpt-4o" }, [acme])).toEqual({ provider: "acme", model: "gpt-4o" });
  expect(servedBy({ model: "llama-3" }, [acme])).toEqual({ provider: "acme", model: "llama-3" });
  expect(servedBy({ model: "gpt-4o" }, [acme])).toEqual({ provider: "platform", model: "gpt-4o" });
  expect(servedBy({ model: "gpt-4o", provider: "gone" }, [acme])).toBeNull();
  expect(servedBy({ model: "llama-3" }, [{ ...acme, enabled: false }])).toEqual({
    provider: "platform",
    model: "llama-3",
  });
  expect(servedBy({}, [acme])).toBeNull();
});

it("prices an own provider by the organization's price first, and the platform by the platform's alone", () => {
  const price = (organization_id: string | null, input: number) =>
    ({ organization_id, model: "gpt-4o", input_nanousd_per_mtok: input }) as ModelPrice;
  const prices = [price(null, 2), price("org", 1)];
  const input = (provider: string, model = "gpt-4o", among = prices) =>
    priceOf(among, { provider, model })?.input_nanousd_per_mtok;
  expect([input("acme"), input("platform"), input("platform", "gpt-4o-2026-05-01")]).toEqual([1, 2, 2]);
  expect([input("acme", "gpt-4o", [price(null, 2)]), input("acme", "unheard-of")]).toEqual([2, undefined]);
});
