import type { Position } from "../ast/expressions.ts";
import type { ImportedName, Statement } from "../ast/statements.ts";
import { BlockTagParser } from "./block-tag-parser.ts";

/** The tags that bring in other templates. */
export abstract class CompositionParser extends BlockTagParser {
  protected parseIncludeTag(place: Position): Statement {
    this.nextToken();
    const template = this.parseExpression();
    const ignoreMissing = this.isSymbol("ignore") && this.secondIs("missing");
    if (ignoreMissing) {
      this.nextToken();
      this.nextToken();
    }
    const withContext = this.readContext() ?? true;
    return { kind: "include", template, ignoreMissing, withContext, ...place };
  }

  protected parseImportTag(place: Position): Statement {
    this.nextToken();
    const template = this.parseExpression();
    this.needSymbol("as");
    const alias = this.parseNameTarget().name;
    const withContext = this.readContext() ?? false;
    return { kind: "import", template, alias, withContext, ...place };
  }

  protected parseFromTag(place: Position): Statement {
    this.nextToken();
    const template = this.parseExpression();
    this.needSymbol("import");
    const names: ImportedName[] = [];
    let withContext: boolean | undefined;
    for (;;) {
      if (names.length > 0) this.need("comma");
      if (!this.isType("symbol")) this.need("symbol");
      withContext = this.readContext();
      if (withContext !== undefined) break;
      names.push(this.parseImportedName());
      withContext = this.readContext();
      if (withContext !== undefined || !this.isType("comma")) break;
    }
    return { kind: "from_import", template, names, withContext: withContext ?? false, ...place };
  }

  private parseImportedName(): ImportedName {
    const { name, line, column } = this.parseNameTarget();
    if (name.startsWith("_")) {
      this.failAt({ line, column }, "names starting with an underline can not be imported");
    }
    const alias = this.skipSymbol("as") ? this.parseNameTarget().name : name;
    return { name, alias, line, column };
  }

  /** Reads `with context` or `without context`; undefined when neither stands there. */
  private readContext(): boolean | undefined {
    const given = this.isSymbol("with") || this.isSymbol("without");
    if (!given || !this.secondIs("context")) return undefined;
    const withContext = this.nextToken()?.value === "with";
    this.nextToken();
    return withContext;
  }

  private secondIs(name: string): boolean {
    const second = this.peekSecond();
    return second?.type === "symbol" && second.value === name;
  }
}
