import { useEffect } from "react";
import { announce } from "../../../lib/announce.ts";
import type { Replay } from "../get-replay.ts";
import type { Examples } from "../use-examples.ts";

/** Puts a logged request's values into the fields, once. */
export function useReplay(replay: Replay | undefined, { fill }: Examples) {
  useEffect(() => {
    if (!replay) return;
    if (replay.variables) fill(replay.variables);
    else {
      announce("The request's values were not kept", {
        description: "Your organization's data policy keeps none. Fill in values beside the text.",
      });
    }
  }, [replay, fill]);
}
