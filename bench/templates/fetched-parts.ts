/**
 * Prints, as one JSON line, which parts of the engine each template of this folder fetches when it is rendered first.
 * A process of its own, as a process that has rendered with the whole engine fetches nothing.
 */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseTemplate } from "../../supabase/functions/_shared/core/template/parse-template.ts";
import { withParts } from "../../supabase/functions/_shared/core/template/parts/fetch-parts.ts";
import { MissingPart } from "../../supabase/functions/_shared/core/template/parts/parts.ts";
import { renderParsed } from "../../supabase/functions/_shared/core/template/render-parsed.ts";
import { variables } from "./variables.ts";

const folder = fileURLToPath(new URL(".", import.meta.url));
const fetched: Record<string, string[]> = {};
for (const file of readdirSync(folder).filter((name) => name.endsWith(".jinja"))) {
  const template = parseTemplate(readFileSync(`${folder}${file}`, "utf8"));
  const parts: string[] = [];
  await withParts(() => {
    try {
      return renderParsed(template, variables[file]);
    } catch (error) {
      if (error instanceof MissingPart) parts.push(...error.parts);
      throw error;
    }
  });
  fetched[file] = parts;
}
process.stdout.write(`${JSON.stringify(fetched)}\n`);
