import type { Meter } from "../budgets.ts";
import { inPieces } from "../text/pieces.ts";
import type { TextWriter } from "./text.ts";
import { TemplateObject } from "./value.ts";

/** Text that is safe HTML already: `markupsafe.Markup`, a `str` that escapes what is joined to it. */
export class Markup extends TemplateObject {
  readonly typeName = "Markup";
  readonly text: string;

  constructor(text: string) {
    super();
    this.text = text;
  }

  override isTrue(): boolean {
    return this.text !== "";
  }

  override toText(): string {
    return this.text;
  }

  override represent(out: TextWriter): void {
    out.add("Markup(");
    out.value(this.text);
    out.add(")");
  }
}

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  "'": "&#39;",
  '"': "&#34;",
};

/** The text with the five characters that mean something in HTML replaced. */
export function escapeHtml(text: string, meter: Meter): string {
  if (!/[&<>'"]/.test(text)) return text;
  return inPieces(text, meter, (piece) =>
    piece.replace(/[&<>'"]/g, (character) => ENTITIES[character] ?? ""),
  );
}
