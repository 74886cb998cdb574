import { useEffect, useRef } from "react";
import { useSearchParams } from "react-router";
import { type IncludeNode, withNewestIncludes } from "../../lib/include-tree.ts";
import type { Message } from "../../lib/queries/get-versions.ts";

type PinNewest = {
  /** What the opened version includes. */
  tree: readonly IncludeNode[];
  messages: readonly Message[];
  setMessages: (messages: Message[]) => void;
  /** Offers to save the draft: a save pins what the tags mean now. */
  save: () => void;
};

/** Makes a draft that includes the newest and offers to save it: when asked, and once for `?pin=newest`. */
export function usePinNewest({ tree, messages, setMessages, save }: PinNewest): () => void {
  const [search, setSearch] = useSearchParams();
  const pin = () => {
    setMessages(withNewestIncludes(messages, tree));
    save();
  };
  const latest = useRef(pin);
  latest.current = pin;
  const arrived = search.get("pin") === "newest" && tree.some(({ newer }) => newer !== null);

  useEffect(() => {
    if (!arrived) return;
    latest.current();
    setSearch(
      (now) => {
        now.delete("pin");
        return now;
      },
      { replace: true },
    );
  }, [arrived, setSearch]);
  return pin;
}
