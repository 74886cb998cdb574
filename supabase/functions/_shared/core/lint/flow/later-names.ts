import type { Names } from "./value.ts";

/**
 * Names that a template gives values to further down than it reads them. A macro's body runs when the macro is called,
 * and by then they may have their values.
 */
export class LaterNames {
  /** What the bodies around the place being walked give values to. */
  private bodies: readonly Names[] = [];
  /** What those around the macro being walked do. */
  private awaited: readonly Names[] = [];
  private readonly early = new Set<string>();

  /** Walks a body that gives these names values. */
  inBody(names: Names, walk: () => void): void {
    const { bodies } = this;
    if (names.size > 0) this.bodies = [...bodies, names];
    walk();
    this.bodies = bodies;
  }

  /** Walks the body of a macro. */
  inMacro<T>(walk: () => T): T {
    const { awaited } = this;
    this.awaited = this.bodies;
    const result = walk();
    this.awaited = awaited;
    return result;
  }

  /** A name without value is read. Answers whether it will have one in time. */
  read(name: string): boolean {
    const awaited = this.awaited.some((names) => names.has(name));
    if (awaited) this.early.add(name);
    return awaited;
  }

  /** A name is given its value. Answers whether a macro has read it before. */
  settle(name: string): boolean {
    return this.early.delete(name);
  }
}
