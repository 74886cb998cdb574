import { useApiKeys } from "../../../lib/queries/get-api-keys.ts";
import { useTemplates } from "../../../lib/queries/get-templates.ts";
import type { SplitBy } from "../../../lib/queries/get-usage.ts";

const without: Record<SplitBy, string> = {
  template: "no template",
  version: "no template",
  variant: "no A/B test",
  key: "no key",
  model: "no model",
};

/** What a part is called by people. */
export function useNameOfPart(splitBy: SplitBy | null): (part: string) => string {
  const { data: templates = [] } = useTemplates();
  const { data: apiKeys = [] } = useApiKeys();
  const template = (id: string) => templates.find((one) => one.id === id)?.name ?? id;
  return (part) => {
    if (splitBy === null) return "all";
    if (part === "other") return "all others";
    if (part === "none") return without[splitBy];
    if (splitBy === "template") return template(part);
    if (splitBy === "version") return part.replace(/^\S+/, template);
    if (splitBy === "key") return apiKeys.find(({ id }) => id === part)?.name ?? part;
    return splitBy === "variant" ? `variant ${part}` : part;
  };
}

/** A variant has its colour on every page; other parts take theirs in order, the rest a quiet one. */
export function colourOf(splitBy: SplitBy | null, part: string, index: number): string {
  if (part === "other" || part === "none") return "var(--series-10)";
  const letter = part.charCodeAt(0) - 65;
  const place = splitBy === "variant" && letter >= 0 && letter < 10 ? letter : index;
  return `var(--series-${(place % 9) + 1})`;
}
