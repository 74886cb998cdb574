/** What one render may use. Sizes are bytes of UTF-8. */
export interface Budgets {
  readonly templateBytes: number;
  readonly variableBytes: number;
  readonly outputBytes: number;
  readonly steps: number;
  readonly milliseconds: number;
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
