import type { Message, Version } from "../../lib/queries/get-versions.ts";

/** What a version holds, and a draft as well. */
export type Content = {
  messages: Message[];
  config: Record<string, unknown>;
  contract: Record<string, unknown>;
};

/** What is being written: a version's content that has no number yet. */
export type Draft = Content & {
  /** The newest version there was when the writing began; 0 for a template without any. A newer one is a conflict. */
  base: number;
};

// A first version names a model, so that the first call works whatever the caller writes as its model.
const blank: Content = {
  messages: [{ role: "system", content: "" }],
  config: { model: "gpt-4o-mini" },
  contract: {},
};

export function contentOf(version: Version | undefined): Content {
  const { messages, config, contract } = version ?? blank;
  return { messages, config, contract };
}

export function sameContent(a: Content, b: Content): boolean {
  const text = ({ messages, config, contract }: Content) => JSON.stringify([messages, config, contract]);
  return text(a) === text(b);
}

/** Where a draft is kept: under the person too, so that two people at one machine do not find each other's sentences. */
export type DraftPlace = {
  userId: string;
  templateId: string /** Of a draft begun on an older version. */;
  version?: number;
};

function storageKey({ userId, templateId, version }: DraftPlace): string {
  return `nemo.draft.${userId}.${templateId}${version ? `@${version}` : ""}`;
}

/** Survives a closed tab and a lost connection; gone once it is saved as a version. */
export function storeDraft(place: DraftPlace, draft: Draft) {
  try {
    localStorage.setItem(storageKey(place), JSON.stringify(draft));
  } catch {
    // A full or forbidden storage costs the safety net, not the writing.
  }
}

export function readDraft(place: DraftPlace): Draft | undefined {
  try {
    const stored = localStorage.getItem(storageKey(place));
    const draft = stored === null ? undefined : (JSON.parse(stored) as Draft);
    return draft && Array.isArray(draft.messages) ? draft : undefined;
  } catch {
    return undefined;
  }
}

export function dropDraft(place: DraftPlace) {
  localStorage.removeItem(storageKey(place));
}
