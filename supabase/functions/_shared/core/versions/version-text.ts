/**
 * A version as the text people read and diffs compare: each message under its role in brackets, then config
 * and contract as JSON where they are not empty. The database writes the same text (nemo_private.version_text)
 * for the diff it stores with each version, so a patch made there applies here.
 */
export interface VersionContent {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly config?: unknown;
  readonly contract?: unknown;
}

export function versionText(version: VersionContent): string {
  const messages = version.messages.map((message) => `[${message.role}]\n${message.content}\n`).join("\n");
  return messages + section("config", version.config) + section("contract", version.contract);
}

function section(name: string, value: unknown): string {
  const isEmpty = value === undefined || value === null || Object.keys(value).length === 0;
  return isEmpty ? "" : `\n[${name}]\n${jsonText(value, "\n")}\n`;
}

/**
 * Not JSON.stringify: JavaScript moves keys that look like integers to the front of an object, and the
 * database does not.
 */
function jsonText(value: unknown, lineBreak: string): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${lineBreak}  `;
  if (Array.isArray(value)) {
    const items = value.map((item) => inner + jsonText(item, inner));
    return items.length === 0 ? "[]" : `[${items.join(",")}${lineBreak}]`;
  }
  const entries = Object.entries(value)
    .sort(([a], [b]) => compareCodePoints(a, b))
    .map(([key, item]) => `${inner}${JSON.stringify(key)}: ${jsonText(item, inner)}`);
  return entries.length === 0 ? "{}" : `{${entries.join(",")}${lineBreak}}`;
}

/** Unlike `<` on strings, which compares UTF-16 units and puts an emoji before some letters. */
function compareCodePoints(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = left[i]!.codePointAt(0)! - right[i]!.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
