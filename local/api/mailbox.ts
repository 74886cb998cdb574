import type { EmailDriver, EmailMessage } from "@supabase/lite";

export interface Mail extends EmailMessage {
  readonly sentAt: string;
}

const KEPT = 100;

/**
 * Stands in for a mail provider: what Auth would send is kept in memory and shown at `/local/mail`, so that a
 * password can be reset on a machine without one.
 */
export class Mailbox implements EmailDriver {
  readonly #mails: Mail[] = [];

  async send(message: EmailMessage): Promise<void> {
    this.#mails.unshift({ ...message, sentAt: new Date().toISOString() });
    this.#mails.length = Math.min(this.#mails.length, KEPT);
  }

  /** Newest first. */
  list(): readonly Mail[] {
    return this.#mails;
  }
}
