import {
  Activity,
  ChartLine,
  FlaskConical,
  Library,
  Lightbulb,
  ScrollText,
  Search,
  Settings,
} from "lucide-react";
import type { ReactNode } from "react";
import { NavLink } from "react-router";
import { ShortcutKeys } from "../../components/shortcut-keys.tsx";
import { useCan, useOrganization } from "../../lib/organization.tsx";
import { paths } from "../../lib/paths.ts";
import { useMedia } from "../../lib/use-media.ts";
import { openPalette, paletteKeys } from "../palette/palette.tsx";
import { Credits } from "./credits.tsx";
import { OrganizationSwitcher } from "./organization-switcher.tsx";
import { PersonMenu } from "./person-menu.tsx";
import styles from "./rail.module.css";

export function Rail() {
  const { id } = useOrganization();
  const may = useCan();
  return (
    <div className={styles.railInner}>
      <OrganizationSwitcher />
      <button type="button" className={styles.finder} onClick={openPalette}>
        <Search size={16} aria-hidden="true" />
        <span className={styles.linkText}>Find anything</span>
        <ShortcutKeys keys={paletteKeys} />
      </button>
      <nav aria-label="Main" className={styles.nav}>
        <ul>
          <RailLink to={paths.library(id)} icon={<Library />} also={`/o/${id}/templates`}>
            Library
          </RailLink>
          <RailLink to={paths.tests(id)} icon={<FlaskConical />}>
            Tests
          </RailLink>
          <RailLink to={paths.recommendations(id)} icon={<Lightbulb />}>
            Recommendations
          </RailLink>
          <RailLink to={paths.logs(id)} icon={<Activity />}>
            Logs
          </RailLink>
          <RailLink to={paths.analytics(id)} icon={<ChartLine />}>
            Analytics
          </RailLink>
          {may("audit.read") && (
            <RailLink to={paths.audit(id)} icon={<ScrollText />}>
              Audit
            </RailLink>
          )}
          <RailLink to={paths.settings(id)} icon={<Settings />} also={`/o/${id}/settings`}>
            Settings
          </RailLink>
        </ul>
      </nav>
      <div className={styles.railFoot}>
        <Credits />
        <PersonMenu />
      </div>
    </div>
  );
}

type RailLinkProps = {
  to: string;
  icon: ReactNode;
  /** Another address under which this is where one is. */
  also?: string;
  children: string;
};

function RailLink({ to, icon, also, children }: RailLinkProps) {
  const inside = also !== undefined && location.pathname.startsWith(also);
  const wordless = useMedia("(min-width: 721px) and (max-width: 1080px)");
  return (
    <li>
      <NavLink
        to={to}
        data-tooltip={wordless ? children : undefined}
        className={({ isActive }) => (isActive || inside ? `${styles.link} ${styles.here}` : styles.link)}
      >
        <span className={styles.linkIcon} aria-hidden="true">
          {icon}
        </span>
        <span className={styles.linkText}>{children}</span>
      </NavLink>
    </li>
  );
}
