import type { Message, Version } from "../../lib/queries/get-versions.ts";

/** What is being written: a version's content that has no number yet. */
export type Draft = {
  /** The version it was begun on; 0 for a template without any. */
  base: number;
  messages: Message[];
  config: Record<string, unknown>;
  contract: Record<string, unknown>;
};

// A first version names a model, so that the first call works whatever the caller writes as its model.
const blank: Draft = {
  base: 0,
  messages: [{ role: "system", content: "" }],
  config: { model: "gpt-4o-mini" },
  contract: {},
};

export function draftOf(version: Version | undefined): Draft {
  if (!version) return blank;
  return {
    base: version.version,
    messages: version.messages,
    config: version.config,
    contract: version.contract,
  };
}

export function sameContent(a: Draft, b: Draft): boolean {
  const content = ({ messages, config, contract }: Draft) => JSON.stringify([messages, config, contract]);
  return content(a) === content(b);
}

// Under the person too: two people at one machine do not find each other's sentences.
const storageKey = (userId: string, templateId: string) => `nemo.draft.${userId}.${templateId}`;

/** Survives a closed tab and a lost connection; gone once it is saved as a version. */
export function storeDraft(userId: string, templateId: string, draft: Draft) {
  try {
    localStorage.setItem(storageKey(userId, templateId), JSON.stringify(draft));
  } catch {
    // A full or forbidden storage costs the safety net, not the writing.
  }
}

export function readDraft(userId: string, templateId: string): Draft | undefined {
  try {
    const stored = localStorage.getItem(storageKey(userId, templateId));
    const draft = stored === null ? undefined : (JSON.parse(stored) as Draft);
    return draft && Array.isArray(draft.messages) ? draft : undefined;
  } catch {
    return undefined;
  }
}

export function dropDraft(userId: string, templateId: string) {
  localStorage.removeItem(storageKey(userId, templateId));
}
