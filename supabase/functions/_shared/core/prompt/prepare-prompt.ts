import { deriveContract, type ParsedMessage } from "../lint/derive-contract.ts";
import { type EffectiveContract, reconcileContract } from "../lint/reconcile-contract.ts";
import { parseTemplate } from "../template/parse-template.ts";
import { type IncludeResolver, includeResolver } from "./includes.ts";
import { parseOptions } from "./parse-options.ts";
import { readContract } from "./read-contract.ts";
import type { Includes, PromptSource } from "./types.ts";

/** A version ready to render any number of times. It holds nothing of a request and never changes. */
export interface PreparedPrompt {
  readonly messages: readonly ParsedMessage[];
  readonly contract: EffectiveContract;
  /** Answers the templates its messages include, as they were when the version was saved. */
  readonly resolve: IncludeResolver;
  /** Names callers must give. */
  readonly required: readonly string[];
  /** Defaults of the contract, for what callers leave out. */
  readonly defaults: Readonly<Record<string, unknown>>;
}

/**
 * Parses a version's messages and works out its contract. Do it once per version and keep the result: a
 * version is immutable, and this costs many times what a render does.
 *
 * @param includes what the version was saved with; without them nothing can be included
 * @throws TemplateError when a message is not Jinja2, or longer than a template may be
 */
export function preparePrompt(source: PromptSource, includes?: Includes | null): PreparedPrompt {
  const { contract: authored } = readContract(source.contract);
  const options = parseOptions(authored);
  const messages = source.messages.map(({ role, content }) => ({
    role,
    template: parseTemplate(content, options),
  }));
  const resolve = includes ? includeResolver(includes) : () => undefined;
  const contract = reconcileContract(authored, deriveContract(messages, { resolve }));
  const all = [...contract.variables.values()];
  return {
    messages,
    contract,
    resolve,
    required: all.filter(({ required }) => required).map(({ name }) => name),
    defaults: Object.fromEntries(
      all.filter(({ hasDefault }) => hasDefault).map((one) => [one.name, one.default]),
    ),
  };
}
