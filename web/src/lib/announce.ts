import { toAppError } from "./errors.ts";

export type Announcement = {
  title: string;
  description?: string;
  undo?: () => void;
  tone?: "error";
  /** What this is said of: what is said of it later takes its place. */
  about?: string;
};

type Layer = {
  say: (announcement: Announcement) => void;
  /** Says this instead of what was said of the same thing, if that can still be read. */
  correct: (about: string, title: string) => void;
};

let layer: Layer | undefined;
let early: Announcement[] = [];

/** The toast layer is fetched after the page; what was said before it came is said when it is there. */
export function onAnnouncement(next: Layer): () => void {
  layer = next;
  for (const announcement of early.splice(0)) next.say(announcement);
  return () => {
    layer = undefined;
  };
}

function say(announcement: Announcement) {
  if (layer) layer.say(announcement);
  else early.push(announcement);
}

/** Puts these words where something else was said of the same thing. */
export function corrected(all: readonly Announcement[], about: string, title: string): Announcement[] {
  return all.map((one) => (one.about === about ? { title, about } : one));
}

function correct(about: string, title: string) {
  if (layer) layer.correct(about, title);
  else early = corrected(early, about, title);
}

/** A change that was made, with the way back where there is one. */
export function announce(title: string, options: Pick<Announcement, "description" | "undo" | "about"> = {}) {
  say({ title, ...options });
}

type VersionSaid = { templateId: string; version: number };

const aboutVersion = ({ templateId, version }: VersionSaid) => `${templateId} v${version}`;

export function announceSaved(of: VersionSaid, description = "Requests get it once it is activated.") {
  announce(`v${of.version} is saved`, { description, about: aboutVersion(of) });
}

export function announceActive(of: VersionSaid) {
  announce(`v${of.version} is active`, { about: aboutVersion(of) });
}

/** Whoever made it active: that it is saved and not yet served is not left on the screen. */
export function becameActive(of: VersionSaid) {
  correct(aboutVersion(of), `v${of.version} is active`);
}

/** A refusal of something that has no dialog or form to show it in. */
export function announceError(reason: unknown) {
  const error = toAppError(reason);
  const description = [error.remedy, `(${error.code})`].filter(Boolean).join(" ");
  say({ title: error.message, description, tone: "error" });
}
