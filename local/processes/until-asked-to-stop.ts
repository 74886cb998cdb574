export interface StopSignals {
  /** Also stop when standard input ends: a program that started us is gone or has closed the pipe. */
  readonly standardInput: boolean;
}

/** Resolves when somebody wants this process to end. Asked a second time, it ends at once. */
export function untilAskedToStop({ standardInput }: StopSignals): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    const ask = () => {
      if (asked) process.exit(130); // The guard ends whatever is left.
      asked = true;
      resolve();
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, ask);
    if (!standardInput) return;
    process.stdin.once("end", resolve).once("error", resolve).once("close", resolve);
    process.stdin.resume();
  });
}
