import type { TemplateError } from "../../template/template-error.ts";
import { type Fault, faultOf, replace, type SyntaxAdvice } from "./fault.ts";
import { otherOperators, otherTag, otherTemplates } from "./other-syntax.ts";

/**
 * What to write where a template cannot be read: first what is known from other languages, then what is merely
 * unfinished.
 */
export function adviseSyntax(error: TemplateError, content: string, offset: number): SyntaxAdvice {
  const fault = faultOf(error, content, offset);
  for (const advise of [otherTemplates, otherTag, otherOperators, unfinished]) {
    const advice = advise(fault);
    if (advice) return advice;
  }
  const remedy = "Fix the template at this place, or put what is no tag between {% raw %} and {% endraw %}.";
  return { remedy: error.hint ? `${error.hint[0]?.toUpperCase()}${error.hint.slice(1)}` : remedy };
}

function unfinished({ content, offset, tag, says, open }: Fault): SyntaxAdvice | null {
  const closing = tag.startsWith("{%") ? "%}" : "}}";
  if (says.startsWith("Unexpected end of template") && open !== null) {
    return {
      remedy:
        open === "set"
          ? "Write {% set x = … %}, or {% endset %} where the text ends."
          : `Write {% end${open} %} where the ${open} ends.`,
    };
  }
  if (says.includes("end of comment")) return { remedy: "Write #} where the comment ends." };
  if (says.includes("end of raw")) return { remedy: "Write {% endraw %} where the text ends." };
  if (/^\{\{[-+]?\s*[-+]?\}\}/.test(tag)) {
    return { remedy: "Write a variable's name between the braces, or take them out." };
  }
  const bracket = /, expected '([)\]}])'/.exec(says)?.[1];
  if (bracket !== undefined) return { remedy: `Write ${bracket} before it: a bracket is still open.` };
  if (content[offset] === "}" && content[offset + 1] !== "}") {
    return { remedy: `Write ${closing} to end the tag.`, fix: replace(offset, "}", closing) };
  }
  if (/got '(?:\{|end of template)'/.test(says)) return { remedy: `Write ${closing} to end the tag.` };
  if (/got 'end of (?:print statement|statement block)'|unexpected 'end of/.test(says)) {
    return { remedy: "Write what is missing before the end of the tag: a name, a value or a bracket." };
  }
  return null;
}
