import type { Reporter, TestModule } from "vitest/node";

/** Closes a run with one line that any continuous-integration system can read: `N passed, N failed, N skipped`. */
export default class PlainLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) count[test.result().state] += 1;
      // A file that could not be loaded has no tests to count, yet it is a failure.
      if (module.state() === "failed" && module.errors().length > 0) count.failed += 1;
    }
    const failed = count.failed + count.pending + unhandled.length;
    // Printed last, after the default reporter has had its say.
    process.once("exit", () => {
      process.stdout.write(`${count.passed} passed, ${failed} failed, ${count.skipped} skipped\n`);
    });
  }
}
