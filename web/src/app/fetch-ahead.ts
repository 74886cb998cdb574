import { useEffect } from "react";
import { useLocation } from "react-router";
import { idle, whenIdle } from "../lib/when-idle.ts";
import { fetchPage, pageCode } from "./page-code.ts";

/** Where people go from wherever they are. */
const likely = [pageCode.library, pageCode.template, pageCode.editor];

/** The code of the page that is shown, of the one a link under the pointer or focus leads to, and of the likely ones. */
export function useFetchAhead() {
  const { pathname } = useLocation();
  useEffect(() => fetchPage(pathname), [pathname]);
  useEffect(() => {
    const ahead = ({ target }: Event) => {
      const link = (target as Element | null)?.closest?.<HTMLAnchorElement>("a[href]");
      if (link?.origin === location.origin) fetchPage(link.pathname);
    };
    const events = ["pointerover", "focusin"] as const;
    for (const name of events) document.addEventListener(name, ahead, { passive: true });
    whenIdle(async () => {
      for (const code of likely) {
        await code.load().catch(() => {});
        await idle();
      }
    });
    return () => {
      for (const name of events) document.removeEventListener(name, ahead);
    };
  }, []);
}
