import { useOutletContext } from "react-router";
import type { Template } from "./queries/get-templates.ts";

/** The template whose header is above, for the pages below it. */
export function useOpenTemplate(): Template {
  return useOutletContext<Template>();
}
