import { budgetError } from "./values/python-error.ts";

/** What one render may use. Sizes are bytes of UTF-8. */
export interface Budgets {
  readonly templateBytes: number;
  readonly variableBytes: number;
  readonly outputBytes: number;
  /**
   * Every statement executed costs one step per syntax node in it; filters, methods and operators
   * that walk over data cost more as the data grows.
   */
  readonly steps: number;
  readonly milliseconds: number;
  /** Levels of nested calls (macros, includes, recursive loops) and of nested data. */
  readonly nesting: number;
}

export const DEFAULT_BUDGETS: Budgets = {
  templateBytes: 64 * 1024,
  variableBytes: 256 * 1024,
  outputBytes: 1024 * 1024,
  steps: 100_000,
  milliseconds: 50,
  nesting: 100,
};

/** The clock is read once per so many steps: reading it costs more than a step does. */
const STEPS_PER_CLOCK_READING = 512;
/** The same for rounds of a loop whose steps were taken before it began. */
const ROUNDS_PER_CLOCK_READING = 1024;
/** UTF-16 units of text, or elements of a list, that cost one step to make or to walk over. */
const UNITS_PER_STEP = 64;
const ELEMENTS_PER_STEP = 8;

/**
 * Counts what renders use against their budgets. Give one meter to several renders, such as the
 * messages of one prompt, and they share the steps, the time and the output.
 */
export class Meter {
  readonly budgets: Budgets;
  private readonly clock: () => number;
  private steps = 0;
  private nextReading = STEPS_PER_CLOCK_READING;
  private startedAt: number | undefined;
  private rounds = 0;
  private nesting = 0;
  private outputUsed = 0;

  /** @param clock milliseconds from any fixed point; for tests and for counting processor time */
  constructor(budgets?: Partial<Budgets>, clock: () => number = () => performance.now()) {
    this.budgets = budgets ? { ...DEFAULT_BUDGETS, ...budgets } : DEFAULT_BUDGETS;
    this.clock = clock;
  }

  /** Steps used so far. */
  get stepsUsed(): number {
    return this.steps;
  }

  /** Bytes of output still allowed. */
  get outputLeft(): number {
    return this.budgets.outputBytes - this.outputUsed;
  }

  /** A render begins; time runs from the first one on. */
  start(): void {
    this.startedAt ??= this.clock();
  }

  /** Takes steps before the work they stand for is done. */
  spend(steps: number): void {
    this.steps += steps;
    if (this.steps >= this.nextReading || this.steps > this.budgets.steps) this.check();
  }

  private check(): void {
    const { steps, milliseconds } = this.budgets;
    if (!(this.steps <= steps)) throw budgetError("steps", `Rendering takes more than ${steps} steps.`);
    this.nextReading = this.steps + STEPS_PER_CLOCK_READING;
    this.checkTime(milliseconds);
  }

  private checkTime(milliseconds: number): void {
    const now = this.clock();
    this.startedAt ??= now;
    if (now - this.startedAt > milliseconds) {
      throw budgetError("milliseconds", `Rendering takes longer than ${milliseconds} ms.`);
    }
  }

  /** In each round of a long loop whose steps were taken before it began: ends it when the time is over. */
  tick(): void {
    if (++this.rounds % ROUNDS_PER_CLOCK_READING === 0) this.checkTime(this.budgets.milliseconds);
  }

  /** Midway in work whose steps were taken before it began, with a text of so many UTF-16 units made by now. */
  lookUp(units: number): void {
    if (units > this.budgets.outputBytes) this.reserveText(units);
    this.checkTime(this.budgets.milliseconds);
  }

  /** Before text of so many UTF-16 units is made. No single text may be longer than the output may. */
  reserveText(units: number): void {
    if (!(units <= this.budgets.outputBytes)) {
      throw budgetError("output_bytes", `A text would grow beyond ${this.budgets.outputBytes} bytes.`);
    }
    this.spend(Math.floor(units / UNITS_PER_STEP));
  }

  /** Before text of so many UTF-16 units is walked over. */
  walkText(units: number): void {
    if (units >= UNITS_PER_STEP) this.spend(Math.floor(units / UNITS_PER_STEP));
  }

  /** Before a list of so many elements is made or walked over by native code. */
  reserveElements(count: number): void {
    this.spend(Math.ceil(count / ELEMENTS_PER_STEP));
  }

  /** Bytes of output were produced by a finished render. */
  addOutput(bytes: number): void {
    this.outputUsed += bytes;
  }

  enter(): void {
    if (++this.nesting > this.budgets.nesting) throw nestingError(this.budgets.nesting);
  }

  leave(): void {
    this.nesting--;
  }

  /** A render has ended, well or not, so it is nested in nothing any more. */
  resetNesting(): void {
    this.nesting = 0;
  }
}

function nestingError(limit: number): Error {
  return budgetError("nesting", `Rendering nests deeper than ${limit} levels.`);
}
