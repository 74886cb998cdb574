/**
 * Something went wrong that the person at the terminal can act on: the message is a sentence that says what to
 * do, and is printed without a stack trace.
 */
export class StackError extends Error {
  override name = "StackError";

  /** @param code what docs/errors.md lists it under; printed first */
  constructor(sentence: string, code?: string) {
    super(code ? `${code}: ${sentence}` : sentence);
  }
}
