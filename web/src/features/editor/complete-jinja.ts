import type { CompletionContext, CompletionResult } from "@codemirror/autocomplete";

/** Filters and tests people reach for; the linter knows them all. */
const filters =
  "abs capitalize default dictsort escape first float format groupby indent int items join last length list lower map max min random reject rejectattr replace reverse round select selectattr slice sort string sum title tojson trim truncate unique upper wordcount".split(
    " ",
  );
const tests =
  "boolean callable defined divisibleby eq even false float in integer iterable lower mapping none number odd sameas sequence string true undefined upper".split(
    " ",
  );
const statements =
  "if elif else endif for endfor set macro endmacro raw endraw filter endfilter include".split(" ");

const options = (labels: readonly string[], type: string, detail: string) =>
  labels.map((label) => ({ label, type, detail }));

/** Completes inside `{{ … }}` and `{% … %}`: variables, filters after a bar, tests after "is", statements first in a tag. */
export function completeJinja(variables: () => readonly string[]) {
  return (context: CompletionContext): CompletionResult | null => {
    const before = context.state.sliceDoc(Math.max(0, context.pos - 2000), context.pos);
    const opened = Math.max(before.lastIndexOf("{{"), before.lastIndexOf("{%"));
    const closed = Math.max(before.lastIndexOf("}}"), before.lastIndexOf("%}"));
    if (opened < 0 || closed > opened) return null;
    const code = before.slice(opened + 2);
    const word = /[\p{L}_][\p{L}\p{N}_]*$/u.exec(code)?.[0] ?? "";
    const from = context.pos - word.length;
    const lead = code.slice(0, code.length - word.length);
    if (/\|\s*$/.test(lead)) return { from, options: options(filters, "function", "filter") };
    if (/\bis\s+(?:not\s+)?$/.test(lead)) return { from, options: options(tests, "keyword", "test") };
    if (before[opened + 1] === "%" && /^[-+]?\s*$/.test(lead))
      return { from, options: options(statements, "keyword", "") };
    if (!word && !context.explicit) return null;
    return { from, options: options(variables(), "variable", "variable") };
  };
}
