import { useEffect, useState } from "react";
import { useSearchParams } from "react-router";
import { useCan } from "./organization.tsx";
import type { Permission } from "./permissions.ts";

/**
 * Whether the dialog that makes something new is open: by a press on the page, or because the address asks for it by
 * `?new`, as the palette's does. Whoever may not make it gets the page alone.
 */
export function useMaking(permission: Permission): [open: boolean, setOpen: (open: boolean) => void] {
  const may = useCan();
  const [search, setSearch] = useSearchParams();
  const [open, setOpen] = useState(false);
  const asked = search.has("new");
  const allowed = may(permission);

  useEffect(() => {
    if (!asked) return;
    if (allowed) setOpen(true);
    setSearch(
      (now) => {
        now.delete("new");
        return now;
      },
      { replace: true },
    );
  }, [asked, allowed, setSearch]);
  return [open, setOpen];
}
