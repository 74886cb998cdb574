import { changeIncludeTags } from "@core/prompt/include-tags.ts";
import type { Includes, Pins } from "@core/prompt/types.ts";
import type { Template } from "./queries/get-templates.ts";
import type { Message } from "./queries/get-versions.ts";

export type IncludeNode = {
  /** As the tag names it. */
  written: string;
  name: string;
  templateId: string;
  version: number;
  /** The version its name means now, where that is a newer one. */
  newer: number | null;
  deleted: boolean;
  /** It stands further up already, with what it includes. */
  repeated: boolean;
  includes: IncludeNode[];
};

/**
 * What a version includes, and what that includes in turn, each as it was pinned.
 *
 * @param templates all that are not deleted; while they are not all known, none is called deleted
 */
export function includeTree(
  { pins, versions }: Pick<Includes, "pins" | "versions">,
  templates: readonly Template[],
  allKnown: boolean,
): IncludeNode[] {
  const byId = new Map(templates.map((template) => [template.id, template]));
  const pinsOf = new Map(versions.map((one) => [`${one.template_id}@${one.version}`, one.pins]));
  const seen = new Set<string>();

  function branch(from: Pins): IncludeNode[] {
    const entries = Object.entries(from).sort(([a], [b]) => a.localeCompare(b));
    return entries.map(([written, { template_id: templateId, version }]) => {
      const template = byId.get(templateId);
      const key = `${templateId}@${version}`;
      const inner = pinsOf.get(key) ?? {};
      const repeated = seen.has(key) && Object.keys(inner).length > 0;
      seen.add(key);
      const now = template ? (template.active_version ?? template.latest_version) : 0;
      return {
        written,
        name: written.replace(/@v\d+$/, ""),
        templateId,
        version,
        newer: now > version ? now : null,
        deleted: allKnown && template === undefined,
        repeated,
        includes: repeated ? [] : branch(inner),
      };
    });
  }
  return branch(pins);
}

/** All that have moved on since, each with what includes it; null is the version itself. */
export function outdatedIn(
  nodes: readonly IncludeNode[],
  by: IncludeNode | null = null,
): { node: IncludeNode; by: IncludeNode | null }[] {
  return nodes.flatMap((node) => [
    ...(node.newer === null ? [] : [{ node, by }]),
    ...outdatedIn(node.includes, node),
  ]);
}

/** Messages whose tags name the newest where they name a version: those that name none mean it by themselves. */
export function withNewestIncludes(messages: readonly Message[], nodes: readonly IncludeNode[]): Message[] {
  const moved = nodes.filter(({ written, name, newer }) => newer !== null && written !== name);
  return messages.map((message) => ({
    ...message,
    content: changeIncludeTags(message.content, (tag) =>
      moved.reduce(
        (text, { written, name, newer }) =>
          text
            .replaceAll(`"${written}"`, () => `"${name}@v${newer}"`)
            .replaceAll(`'${written}'`, () => `'${name}@v${newer}'`),
        tag,
      ),
    ),
  }));
}
