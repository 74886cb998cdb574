import type { Includes } from "../../prompt/types.ts";
import type { LintRule } from "../lint-context.ts";
import { includesOf } from "../named-includes.ts";

/** A template that is included cannot be found. Docs: docs/lint-rules/unknown-include.md */
export const unknownInclude: LintRule = {
  level: "error",
  *check({ messages, resolve, includes }) {
    if (!resolve) return;
    for (const { index, template } of messages) {
      for (const { names, line, column, optional } of template ? includesOf(template) : []) {
        if (optional || names?.some((name) => resolve(name))) continue;
        yield { ...problem(names?.[0] ?? null, includes), at: { messageIndex: index, line, column } };
      }
    }
  },
};

function problem(name: string | null, includes: Includes | null): { message: string; remedy: string } {
  if (name === null) {
    return {
      message: "The name of this template is calculated, so it cannot be pinned when the version is saved.",
      remedy: "Write the name in quotes; choose between several with {% if %}.",
    };
  }
  const pin = includes && Object.hasOwn(includes.pins, name) ? includes.pins[name] : undefined;
  if (!pin) {
    return {
      message: `There is no template "${name}" to include.`,
      remedy:
        "Name a template of this organization that has a version and is not deleted, or put its text here.",
    };
  }
  const { messages } =
    includes?.versions.find((one) => one.template_id === pin.template_id && one.version === pin.version) ??
    {};
  if (Array.isArray(messages) && messages.length !== 1) {
    return {
      message: `"${name}" has ${messages.length} messages in version ${pin.version}; what is included has exactly one.`,
      remedy: "Include a template of one message, or move this one's text there.",
    };
  }
  return {
    message: `"${name}" cannot be read: its version ${pin.version} is not Jinja2.`,
    remedy: "Fix that template and save it, then save this one again.",
  };
}
