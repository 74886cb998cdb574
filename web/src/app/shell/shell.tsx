import { Menu as MenuIcon } from "lucide-react";
import { useEffect, useState } from "react";
import { Outlet, useLocation } from "react-router";
import { IconButton } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { PageBoundary } from "../../components/page-boundary.tsx";
import { Wordmark } from "../../components/wordmark.tsx";
import { FirstSteps } from "../../features/first-steps/components/first-steps.tsx";
import { useOnline } from "../../lib/online.ts";
import { config } from "../../lib/supabase.ts";
import { Palette } from "../palette/palette.tsx";
import { Rail } from "./rail.tsx";
import styles from "./shell.module.css";

/** Rail, then the page. On a phone the rail is a sheet behind a button. */
export function Shell() {
  const [menuOpen, setMenuOpen] = useState(false);
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: going anywhere closes the sheet
  useEffect(() => setMenuOpen(false), [pathname]);

  return (
    <div className={styles.shell}>
      <a href="#page" className={styles.skip}>
        Skip to the page
      </a>
      <div className={styles.rail}>
        <Rail />
      </div>
      <header className={styles.topBar}>
        <Dialog
          shape="rail"
          title="Nemo"
          open={menuOpen}
          onOpenChange={setMenuOpen}
          trigger={<IconButton label="Menu" icon={<MenuIcon aria-hidden="true" />} />}
        >
          <Rail />
        </Dialog>
        <Wordmark />
      </header>
      <main id="page" className={styles.page} tabIndex={-1}>
        <Notices />
        <FirstSteps />
        <PageBoundary lines={5}>
          <Outlet />
        </PageBoundary>
      </main>
      <Palette />
    </div>
  );
}

function Notices() {
  const online = useOnline();
  return (
    <>
      {!online && (
        <p className={styles.notice} role="status">
          You are offline. What is on the screen stays; saving works again when the connection is back.
        </p>
      )}
      {config().providerIsFake && (
        <p className={styles.notice}>
          Answers come from the built-in <strong>fake provider</strong>.{" "}
          <span className={styles.more}>
            Set <code>NEMO_UPSTREAM_URL</code> or <code>OPENAI_API_KEY</code> for real ones.
          </span>
        </p>
      )}
    </>
  );
}
