import { Outlet } from "react-router";
import { PageBoundary } from "../../../components/page-boundary.tsx";
import { PageTabs } from "../../../components/page-tabs.tsx";
import { useOrganization } from "../../../lib/organization.tsx";
import { paths } from "../../../lib/paths.ts";
import styles from "./settings.module.css";

export function SettingsPage() {
  const { id } = useOrganization();
  return (
    <>
      <div className={styles.tabs}>
        <PageTabs
          label="Settings"
          tabs={[
            { to: paths.settings(id, "organization"), label: "Organization" },
            { to: paths.settings(id, "members"), label: "Members" },
            { to: paths.settings(id, "keys"), label: "API keys" },
            { to: paths.settings(id, "providers"), label: "Providers" },
            { to: paths.settings(id, "credits"), label: "Credits" },
            { to: paths.settings(id, "account"), label: "Account" },
          ]}
        />
      </div>
      <PageBoundary>
        <Outlet />
      </PageBoundary>
    </>
  );
}
