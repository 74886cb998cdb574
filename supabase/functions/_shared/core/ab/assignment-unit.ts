/** What a test hashes: each request by itself, or the caller's user or session. */
export type AssignBy = "request" | "subject";

/** What is known of a request when its variant is chosen. */
export type RequestIdentity = {
  /** `nemo_prompt_subject`, as the client sent it. */
  readonly subject?: string | null | undefined;
  /** The client's own `x-request-id`. */
  readonly clientRequestId?: string | null | undefined;
  /** The id the gateway made. Always there. */
  readonly requestId: string;
};

/**
 * The text that is hashed for a request: the subject if the test assigns by subject and one is given, else
 * the client's `x-request-id`, else the gateway's own id. So a client that repeats its request id sees the
 * same variant again, and a test by subject still works for callers that name none.
 * An empty string names nobody and counts as absent.
 */
export function assignmentUnit(assignBy: AssignBy, request: RequestIdentity): string {
  const subject = assignBy === "subject" ? request.subject : undefined;
  return subject || request.clientRequestId || request.requestId;
}
