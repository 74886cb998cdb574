import { AuthError, FunctionsHttpError, isAuthRetryableFetchError } from "@supabase/supabase-js";

/**
 * What a person is shown when something was refused or broke: a sentence, what to do next, and the stable code
 * that docs/errors.md explains. Everything thrown by a request becomes one.
 */
export class AppError extends Error {
  override name = "AppError";
  readonly code: string;
  readonly remedy?: string;
  /** Trying the same again can help. */
  readonly transient: boolean;
  /** Extra facts a caller may act on, such as the newer version's number. */
  readonly details?: string;
  /** One by one what stands in the way, such as lint findings. */
  readonly reasons?: readonly string[];

  constructor(
    code: string,
    message: string,
    extra: { remedy?: string; transient?: boolean; details?: string; reasons?: readonly string[] } = {},
  ) {
    super(message);
    this.code = code;
    this.remedy = extra.remedy;
    this.transient = extra.transient ?? false;
    this.details = extra.details;
    this.reasons = extra.reasons;
  }
}

/** Refusals of Postgres, PostgREST and Auth that are not ours but that people meet. */
const known: Record<string, { message: string; remedy?: string }> = {
  "42501": {
    message: "Your role does not allow this.",
    remedy: "Ask an admin of this organization to do it or to change your role.",
  },
  PGRST301: { message: "Your session has ended.", remedy: "Sign in again." },
  PGRST303: { message: "Your session has ended.", remedy: "Sign in again." },
  PGRST116: {
    message: "This does not exist, or not for you.",
    remedy: "Check the address, or ask who sent it.",
  },
  "57014": { message: "The database took too long.", remedy: "Narrow the time or the filter and try again." },
  invalid_credentials: {
    message: "E-mail and password do not match.",
    remedy: "Check both, or reset the password.",
  },
  user_already_exists: {
    message: "This e-mail already has an account.",
    remedy: "Sign in, or reset the password.",
  },
  email_exists: { message: "This e-mail already has an account.", remedy: "Sign in, or reset the password." },
  weak_password: { message: "This password is too easy to guess.", remedy: "Use at least eight characters." },
  over_email_send_rate_limit: {
    message: "Too many e-mails were asked for.",
    remedy: "Wait a minute and try again.",
  },
  email_not_confirmed: {
    message: "This e-mail is not confirmed yet.",
    remedy: "Open the link in the e-mail that was sent to you.",
  },
};

type Refusal = { code?: string; message?: string; hint?: string | null; details?: string | null };

export function toAppError(reason: unknown): AppError {
  if (reason instanceof AppError) return reason;
  if (isUnreachable(reason)) {
    return new AppError("unreachable", "The server did not answer.", {
      remedy: "Check your connection and try again.",
      transient: true,
    });
  }
  const refusal = (reason ?? {}) as Refusal;
  const code = refusal.code || (reason instanceof AuthError ? "auth_refused" : "unexpected");
  const words = known[code];
  return new AppError(code, words?.message ?? refusal.message ?? "Something went wrong.", {
    remedy: words?.remedy ?? refusal.hint ?? undefined,
    details: refusal.details ?? undefined,
  });
}

function isUnreachable(reason: unknown): boolean {
  if (isAuthRetryableFetchError(reason)) return true;
  const text = reason instanceof Error || isRefusal(reason) ? (reason.message ?? "") : "";
  return /failed to fetch|networkerror|load failed|fetch failed/i.test(text);
}

function isRefusal(reason: unknown): reason is Refusal {
  return typeof reason === "object" && reason !== null && "message" in reason;
}

/** supabase-js answers `{ data, error }`; a query function throws instead. */
export function unwrap<Answer extends { data: unknown; error: unknown }>(
  answer: Answer,
): NonNullable<Answer["data"]> {
  if (answer.error) throw toAppError(answer.error);
  return answer.data as NonNullable<Answer["data"]>;
}

/** Our edge functions refuse in OpenAI's shape, whose code and sentence are the ones to show. */
export async function unwrapFunction<T>(answer: { data: T; error: unknown }): Promise<T> {
  if (answer.error instanceof FunctionsHttpError) {
    const body = await (answer.error.context as Response).json().catch(() => undefined);
    throw toAppError(body?.error ?? answer.error);
  }
  if (answer.error) throw toAppError(answer.error);
  return answer.data;
}
