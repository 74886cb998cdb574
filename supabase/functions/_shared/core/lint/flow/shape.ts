import type { VariableType } from "../../prompt/types.ts";

/** What the template shows about a variable's form. Plain data, safe to send and to store. */
export interface InferredKind {
  readonly kind: VariableType;
  /** Of an object: the fields that are read, by name. */
  readonly fields?: Readonly<Record<string, InferredKind>>;
  /** Of a list: what its items look like. */
  readonly items?: InferredKind;
}

/** Kinds of evidence, from the strongest to the weakest. */
export type Evidence = "string" | "number" | "boolean" | "list" | "object" | "printed" | "condition";

/** How deep shapes are followed: recursive macros would make endless ones. */
const MAX_DEPTH = 6;

/** Gathers evidence about one value while a template is walked. */
export class Shape {
  private readonly evidence = new Map<Evidence, number>();
  private readonly fields = new Map<string, Shape>();
  private itemShape: Shape | null = null;
  private readonly depth: number;

  constructor(depth = 0) {
    this.depth = depth;
  }

  /** The shape of a list whose items are already being watched. */
  static listOf(item: Shape): Shape {
    const list = new Shape(Math.max(0, item.depth - 1));
    list.itemShape = item;
    return list;
  }

  see(evidence: Evidence): void {
    this.evidence.set(evidence, (this.evidence.get(evidence) ?? 0) + 1);
  }

  has(evidence: Evidence): boolean {
    return this.evidence.has(evidence);
  }

  /** The names of the fields that are read. */
  get fieldNames(): readonly string[] {
    return [...this.fields.keys()];
  }

  field(name: string): Shape | null {
    this.see("object");
    if (this.depth >= MAX_DEPTH) return null;
    let field = this.fields.get(name);
    if (!field) {
      field = new Shape(this.depth + 1);
      this.fields.set(name, field);
    }
    return field;
  }

  items(): Shape | null {
    if (this.depth >= MAX_DEPTH) return null;
    this.itemShape ??= new Shape(this.depth + 1);
    return this.itemShape;
  }

  /** Takes over what is known of another shape: a macro's parameter tells about its argument. */
  absorb(other: Shape): void {
    if (other === this) return;
    for (const evidence of other.evidence.keys()) this.see(evidence);
    for (const [name, field] of other.fields) this.field(name)?.absorb(field);
    if (other.itemShape) this.items()?.absorb(other.itemShape);
  }

  infer(): InferredKind {
    const kind = this.kind();
    if (kind === "object" && this.fields.size > 0) {
      return {
        kind,
        fields: Object.fromEntries([...this.fields].map(([name, field]) => [name, field.infer()])),
      };
    }
    if (kind === "list" && this.itemShape) return { kind, items: this.itemShape.infer() };
    return { kind };
  }

  private kind(): VariableType {
    const strong = (["string", "number", "boolean", "list", "object"] as const).filter((one) =>
      this.has(one),
    );
    // Dicts are iterated as well, so fields decide between the two.
    if (strong.includes("object")) return this.conflicts(strong) ? "any" : "object";
    if (strong.length === 1) return strong[0] ?? "any";
    if (strong.length > 1) return "any";
    if (this.has("printed")) return "string";
    return this.has("condition") ? "boolean" : "any";
  }

  private conflicts(strong: readonly Evidence[]): boolean {
    return strong.some((one) => one !== "object" && one !== "list");
  }
}
