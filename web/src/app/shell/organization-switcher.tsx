import { ChevronsUpDown, Plus } from "lucide-react";
import { Suspense, useState } from "react";
import { useNavigate } from "react-router";
import { Dialog } from "../../components/dialog.tsx";
import { later } from "../../components/later.ts";
import { Menu, type MenuEntry } from "../../components/menu.tsx";
import { Skeleton } from "../../components/states.tsx";
import { useOrganization } from "../../lib/organization.tsx";
import { paths } from "../../lib/paths.ts";
import { useMyOrganizations } from "../../lib/queries/get-my-organizations.ts";
import { useUser } from "../../lib/session.tsx";
import styles from "./rail.module.css";

const NewOrganizationForm = later(
  async () => (await import("../first-organization.tsx")).NewOrganizationForm,
);

export function OrganizationSwitcher() {
  const current = useOrganization();
  const { data: all = [] } = useMyOrganizations(useUser().id);
  const [creating, setCreating] = useState(false);
  const navigate = useNavigate();
  const entries: MenuEntry[] = [
    {
      kind: "choice",
      label: "Organizations",
      value: current.id,
      options: all.map(({ id, name }) => ({ value: id, label: name })),
      onChange: (id: string) => navigate(paths.library(id)),
    },
    { kind: "separator" },
    { label: "New organization", icon: <Plus aria-hidden="true" />, onSelect: () => setCreating(true) },
  ];
  return (
    <>
      <Menu
        align="start"
        entries={entries}
        trigger={
          <button type="button" className={styles.switcher}>
            <span className={styles.initial} aria-hidden="true">
              {current.name.slice(0, 1).toUpperCase()}
            </span>
            <span className={styles.linkText}>
              <span className="visually-hidden">Organization:</span>
              <span className="truncate">{current.name}</span>
            </span>
            <ChevronsUpDown size={14} aria-hidden="true" className={styles.chevron} />
          </button>
        }
      />
      <Dialog title="New organization" open={creating} onOpenChange={setCreating}>
        <Suspense fallback={<Skeleton lines={2} />}>
          <NewOrganizationForm />
        </Suspense>
      </Dialog>
    </>
  );
}
