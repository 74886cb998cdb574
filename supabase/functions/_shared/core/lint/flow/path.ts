import { chosenByBoth, minus, type Names, NO_NAMES, type Value } from "./value.ts";

/**
 * The way through a piece of template, told by which variables' absence stops it.
 * Filled while the piece is walked, from its first statement to its last.
 */
export class Path {
  /** Without one of these, the piece certainly fails. */
  readonly failsWithout = new Set<string>();
  /** Without one of these, it may fail. Holds all of {@link failsWithout}. */
  mayFailWithout = new Set<string>();
  /** Its end is never reached: it always raises an error, or always leaves its round of a loop. */
  ends = false;
  /** Its end is never reached because an error is raised on purpose. */
  raises = false;
  /** A `break` or `continue` may have skipped what follows, so nothing after it is certain. */
  mayHaveLeft = false;
  private readonly added = new Set<Path>();

  /** The value is used in a way that an undefined one does not survive. */
  needs(value: Value): void {
    this.add(value.undefinedWithout, value.maybeUndefinedWithout);
  }

  /** The value, or something in it, may be used so on some way that is not followed here. */
  mayNeed(value: Value): void {
    this.add(NO_NAMES, value.maybeUndefinedWithout);
    this.add(NO_NAMES, value.innerUndefinedWithout);
  }

  add(certain: Iterable<string>, possible: Iterable<string>): void {
    if (this.ends) return;
    for (const name of possible) this.mayFailWithout.add(name);
    for (const name of certain) {
      this.mayFailWithout.add(name);
      if (!this.mayHaveLeft) this.failsWithout.add(name);
    }
  }

  /** A piece that is walked here for certain. */
  follow(piece: Path): void {
    this.add(piece.failsWithout, piece.mayFailWithout);
    if (piece.mayHaveLeft) this.mayHaveLeft = true;
    if (piece.ends && !this.ends) {
      this.ends = true;
      this.raises = piece.raises;
    }
  }

  /**
   * Adds what stops another piece, but for some names. Answers false when this very path has had it already:
   * then nothing is new, and a macro that is called a thousand times costs little more than one.
   */
  addOnce(piece: Path, except: (name: string) => boolean): boolean {
    if (this.added.has(piece)) return false;
    this.added.add(piece);
    for (const name of piece.mayFailWithout) {
      if (!except(name)) this.add(piece.failsWithout.has(name) ? [name] : NO_NAMES, [name]);
    }
    return true;
  }

  /** A piece that may or may not be walked. */
  mayFollow(piece: Path): void {
    this.add(NO_NAMES, piece.mayFailWithout);
  }

  /** One of two pieces is walked. What is left out may settle the condition, and so which one. */
  choose(condition: Value, then: Path, otherwise: Path): void {
    if (this.ends) return;
    const { trueWithout, falseWithout } = condition;
    this.add(chosenByBoth(condition, then.failsWithout, otherwise.failsWithout), NO_NAMES);
    this.absorb(then, falseWithout);
    this.absorb(otherwise, trueWithout);
    // Every way that ends well avoids a branch that raises, so it goes through the other one.
    if (then.raises) this.add(union(otherwise.failsWithout, trueWithout), NO_NAMES);
    if (otherwise.raises) this.add(union(then.failsWithout, falseWithout), NO_NAMES);
    const jumps = (then.ends && !then.raises) || (otherwise.ends && !otherwise.raises);
    if (then.mayHaveLeft || otherwise.mayHaveLeft || jumps) this.mayHaveLeft = true;
    this.ends = then.ends && otherwise.ends;
    this.raises = then.raises && otherwise.raises;
  }

  /**
   * Takes over what may stop a branch. The larger set is kept and the smaller one added to it, so that a
   * thousand `elif`, each a branch of the one before, cost no more than their length.
   */
  private absorb(branch: Path, except: Names): void {
    const names = minus(branch.mayFailWithout, except);
    if (names === branch.mayFailWithout && names.size > this.mayFailWithout.size) {
      const own = this.mayFailWithout;
      this.mayFailWithout = branch.mayFailWithout;
      for (const name of own) this.mayFailWithout.add(name);
      return;
    }
    this.add(NO_NAMES, names);
  }

  /** `raise_exception(…)`: no way leads on from here. */
  raise(): void {
    if (!this.ends) this.raises = true;
    this.ends = true;
  }

  /** `break` or `continue`. */
  jump(): void {
    this.ends = true;
  }

  /** A loop's round is over: what left it goes on behind it. */
  endRound(): void {
    this.ends = this.raises;
    this.mayHaveLeft = false;
  }
}

function* union(a: Iterable<string>, b: Iterable<string>): Iterable<string> {
  yield* a;
  yield* b;
}
