/**
 * The tags of messages that include, import or extend another template. They alone decide what a draft would include,
 * so they are all the database is asked about: most drafts have none, and typing elsewhere changes none.
 */
export function includeTags(messages: unknown): readonly string[] {
  if (!Array.isArray(messages)) return [];
  return messages.flatMap((message: { content?: unknown } | null) =>
    typeof message?.content === "string"
      ? [...message.content.matchAll(TAG)].flatMap(([, tag]) => (tag === undefined ? [] : [tag]))
      : [],
  );
}

/** A text with its tags that include, import or extend another template changed, and nothing else. */
export function changeIncludeTags(content: string, change: (tag: string) => string): string {
  return content.replace(TAG, (all, tag?: string) => (tag === undefined ? all : change(tag)));
}

/** As messages to ask `nemo.prompt_includes` with, which takes only such as could be saved; null when there are none. */
export function includeMessages(messages: unknown): { role: "system"; content: string }[] | null {
  const tags = includeTags(messages);
  return tags.length === 0 ? null : [{ role: "system", content: tags.join("\n") }];
}

/** As `nemo_private.included_names` reads them: comments, raw text, outputs and other tags are passed over. */
const TAG = new RegExp(
  [
    String.raw`\{#(?:[^#]|#(?!\}))*`,
    String.raw`\{\{(?:[^}]|\}(?!\}))*`,
    String.raw`\{%[-+]?\s*raw\s*[-+]?%\}(?:[^{]|\{(?!%[-+]?\s*endraw))*`,
    String.raw`(\{%[-+]?\s*(?:include|import|from|extends)\s(?:[^%]|%(?!\}))*%\})`,
    String.raw`\{%(?:[^%]|%(?!\}))*`,
  ].join("|"),
  "g",
);
