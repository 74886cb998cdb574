import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const folder = fileURLToPath(new URL(".", import.meta.url));
const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((name) => /(?<!\.test|\.d)\.ts$/.test(name) && !/^(?:cases|differential)\//.test(name))
  .map((name) => ({ name, text: readFileSync(`${folder}${name}`, "utf8") }));

/** The modules of nunjucks that a program loads which renders a template. */
function loadedFromNunjucks(): string[] {
  const script = `
    import { createRequire } from "node:module";
    const { parseTemplate } = await import(${JSON.stringify(`${folder}parse-template.ts`)});
    const { renderTemplate } = await import(${JSON.stringify(`${folder}render-template.ts`)});
    const text = renderTemplate(parseTemplate("{% for x in xs %}{{ x|upper }}{% endfor %}"), { xs: ["a"] });
    if (text !== "A") throw new Error(text);
    const cache = createRequire(${JSON.stringify(`${folder}x.js`)}).cache;
    console.log(JSON.stringify(Object.keys(cache).filter((name) => name.includes("nunjucks"))));
  `;
  const output = execFileSync(process.execPath, ["--input-type=module", "--eval", script], {
    encoding: "utf8",
  });
  return (JSON.parse(output) as string[]).map((name) => name.split("/nunjucks/")[1] ?? name).sort();
}

describe("the engine", () => {
  test("loads nunjucks' lexer and parser with what they need, and never its compiler, runtime or filters", () => {
    expect(loadedFromNunjucks()).toEqual([
      "src/lexer.js",
      "src/lib.js",
      "src/nodes.js",
      "src/object.js",
      "src/parser.js",
    ]);
  });

  test("runs where JavaScript refuses to make code from text", () => {
    const script = `
      const { parseTemplate } = await import(${JSON.stringify(`${folder}parse-template.ts`)});
      const { renderTemplate } = await import(${JSON.stringify(`${folder}render-template.ts`)});
      console.log(renderTemplate(parseTemplate("{% macro m(x) %}<{{ x }}>{% endmacro %}{{ m(1) }}")));
    `;
    const flags = ["--disallow-code-generation-from-strings", "--input-type=module", "--eval", script];
    expect(execFileSync(process.execPath, flags, { encoding: "utf8" })).toBe("<1>\n");
  });

  test.each(sources)("$name makes no code and imports nothing that does", ({ text }) => {
    const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
    expect(code).not.toMatch(
      /\beval\s*\(|\bnew\s+Function\b|\bFunction\s*\(|\bimport\s*\((?!"\.\.?\/[\w./-]+"\))|\bsetTimeout\b/,
    );
    expect(code).not.toMatch(/from\s+"(?!\.{1,2}\/|nunjucks\/src\/(?:lexer|parser)\.js")/);
    expect(code).not.toMatch(/\bglobalThis\b|\bprocess\b|\bDeno\b|__proto__|\.prototype\b/);
  });
});
