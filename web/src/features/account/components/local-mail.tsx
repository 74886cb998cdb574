import { config } from "../../../lib/supabase.ts";

/** On one machine no mail is sent; without this, people would wait for it. */
export function LocalMail() {
  const { mailUrl } = config();
  if (!mailUrl) return null;
  return (
    <p>
      This machine sends no mail. <a href={mailUrl}>Read what it would have sent</a>.
    </p>
  );
}
