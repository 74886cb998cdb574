import { toAppError } from "./errors.ts";

export type Announcement = { title: string; description?: string; undo?: () => void; tone?: "error" };

type Listener = (announcement: Announcement) => void;

let listener: Listener | undefined;
const early: Announcement[] = [];

/** The toast layer is fetched after the page; what was said before it came is said when it is there. */
export function onAnnouncement(next: Listener): () => void {
  listener = next;
  for (const announcement of early.splice(0)) next(announcement);
  return () => {
    listener = undefined;
  };
}

function say(announcement: Announcement) {
  if (listener) listener(announcement);
  else early.push(announcement);
}

/** A change that was made, with the way back where there is one. */
export function announce(title: string, options: { description?: string; undo?: () => void } = {}) {
  say({ title, ...options });
}

/** A refusal of something that has no dialog or form to show it in. */
export function announceError(reason: unknown) {
  const error = toAppError(reason);
  const description = [error.remedy, `(${error.code})`].filter(Boolean).join(" ");
  say({ title: error.message, description, tone: "error" });
}
