import { setTimeout as delay } from "node:timers/promises";
import { type FunctionProcess, type FunctionSource, startFunctionProcess } from "./function-process.ts";

export interface SupervisorOptions {
  readonly source: FunctionSource;
  readonly environment: Readonly<Record<string, string>>;
  readonly log: (line: string) => void;
  /** Told about what a person at the terminal should know. */
  readonly notice: (sentence: string) => void;
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;
/** A process that lived this long is not in a crash loop. */
const STABLE_MS = 30_000;
/** From this pause on, requests are answered at once that the function does not start. */
const CRASH_LOOP_PAUSE_MS = 1_000;
/** How long a request waits for a function that is being started. */
const BOOT_PATIENCE_MS = 30_000;

/** Keeps one function running: starts it again when it crashes, and replaces it when its source changes. */
export class FunctionSupervisor {
  readonly #options: SupervisorOptions;
  #current: FunctionProcess;
  #pause = FIRST_PAUSE_MS;
  #stopped = false;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#current = this.#start();
  }

  get pid(): number {
    return this.#current.pid;
  }

  /**
   * The port of the running process; waits for one that is starting or about to be started again. Rejects if
   * it keeps crashing.
   */
  async port(): Promise<number> {
    const deadline = Date.now() + BOOT_PATIENCE_MS;
    for (;;) {
      const process = this.#current;
      let lastWords = "";
      const port = await process.port.catch((error: Error) => {
        lastWords = error.message;
      });
      if (port && process.isRunning()) return port;
      const hopeless = this.#stopped || this.#pause > CRASH_LOOP_PAUSE_MS || Date.now() > deadline;
      if (hopeless)
        throw new Error(`The function ${this.#options.source.name} does not start.\n${lastWords}`);
      await delay(20);
    }
  }

  /** Starts the changed source and, once that serves, lets the old process finish. A broken one changes nothing. */
  async replace(): Promise<void> {
    if (this.#stopped) return;
    const next = startFunctionProcess(this.#options.source, this.#options.environment, this.#options.log);
    try {
      await next.port;
    } catch (error) {
      this.#options.notice(
        `${this.#options.source.name} has an error; its previous version keeps running.\n${(error as Error).message}`,
      );
      return;
    }
    const previous = this.#current;
    this.#adopt(next);
    await previous.stop();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#current.stop();
  }

  #start(): FunctionProcess {
    const { source, environment, log } = this.#options;
    const process = startFunctionProcess(source, environment, log);
    this.#adopt(process);
    return process;
  }

  #adopt(process: FunctionProcess): void {
    const since = Date.now();
    this.#current = process;
    void process.ended.then(async () => {
      if (this.#stopped || process !== this.#current) return;
      this.#pause =
        Date.now() - since > STABLE_MS ? FIRST_PAUSE_MS : Math.min(this.#pause * 2, LONGEST_PAUSE_MS);
      // A crash loop is told once: when a start is asked for and does not come.
      if (this.#pause <= CRASH_LOOP_PAUSE_MS) {
        this.#options.notice(`${this.#options.source.name} ended; starting it again in ${this.#pause} ms.`);
      }
      await delay(this.#pause, undefined, { ref: false });
      if (!this.#stopped && process === this.#current) this.#start();
    });
  }
}
