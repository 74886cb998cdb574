import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface OracleAnswer {
  readonly output?: string;
  /** Name of the exception's class. */
  readonly error?: string;
  readonly message?: string;
}

const SCRIPT = fileURLToPath(new URL("./oracle.py", import.meta.url));

/** A Python with Jinja2: the first in the path may lack it where the system's own has it. */
const PYTHON = ["python3", "/usr/bin/python3"].find(
  (python) => spawnSync(python, ["-c", "import jinja2"]).status === 0,
);

/** Whether this machine has a Python with Jinja2. */
export const hasOracle = PYTHON !== undefined;

/** Python's own Jinja2, kept running to be asked many times. */
export class Oracle {
  private readonly process: ChildProcessWithoutNullStreams;
  private readonly answers: AsyncIterator<string>;

  constructor() {
    this.process = spawn(PYTHON ?? "python3", ["-W", "ignore", SCRIPT]);
    this.answers = createInterface({ input: this.process.stdout })[Symbol.asyncIterator]();
  }

  async ask(request: { template: string; variables: string; options: object }): Promise<OracleAnswer> {
    const { template, variables, options } = request;
    // The variables come as JSON text, which keeps floats without fraction floats.
    const fields = `"template":${JSON.stringify(template)},"options":${JSON.stringify(options)}`;
    this.process.stdin.write(`{${fields},"variables":${variables}}\n`);
    const { value, done } = await this.answers.next();
    if (done) throw new Error("The Python process has ended.");
    return JSON.parse(value) as OracleAnswer;
  }

  stop(): void {
    this.process.stdin.end();
  }
}
