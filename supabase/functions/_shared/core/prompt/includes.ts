import { type ParsedTemplate, parseTemplate } from "../template/parse-template.ts";
import { parseOptions } from "./parse-options.ts";
import { readContract } from "./read-contract.ts";
import type { IncludedVersion, Includes, Pins } from "./types.ts";

/**
 * Answers what a name means in an include of `from`; without `from`, or for one it has not answered itself, in
 * the version at the root.
 *
 * @throws TemplateError when what it means is not Jinja2
 */
export type IncludeResolver = (name: string, from?: ParsedTemplate) => ParsedTemplate | undefined;

/**
 * Finds included templates among those a version was saved with. Each is parsed once, when first asked for. Only a
 * version of exactly one message can be included, since its content then is its whole text.
 */
export function includeResolver(includes: Includes): IncludeResolver {
  const parsed = new Map<IncludedVersion, ParsedTemplate | undefined>();
  const pinsOf = new WeakMap<ParsedTemplate, Pins>();
  return (name, from) => {
    const pins = (from && pinsOf.get(from)) ?? includes.pins;
    const pin = Object.hasOwn(pins, name) ? pins[name] : undefined;
    const version = includes.versions.find(
      (one) => one.template_id === pin?.template_id && one.version === pin.version,
    );
    if (!version) return undefined;
    if (!parsed.has(version)) parsed.set(version, parse(version));
    const template = parsed.get(version);
    if (template) pinsOf.set(template, version.pins);
    return template;
  };
}

function parse({ name, messages, contract }: IncludedVersion): ParsedTemplate | undefined {
  const [message, ...others] = Array.isArray(messages) ? (messages as { content?: unknown }[]) : [];
  if (typeof message?.content !== "string" || others.length > 0) return undefined;
  return parseTemplate(message.content, { ...parseOptions(readContract(contract).contract), name });
}
