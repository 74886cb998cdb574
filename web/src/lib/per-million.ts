import { exactDollars } from "./format.ts";
import type { ModelPrice } from "./queries/get-model-prices.ts";

/** `$0.15 in, $0.60 out per million tokens`. */
export function perMillion({ input_nanousd_per_mtok, output_nanousd_per_mtok }: ModelPrice): string {
  return `${exactDollars(input_nanousd_per_mtok)} in, ${exactDollars(output_nanousd_per_mtok)} out per million tokens`;
}
