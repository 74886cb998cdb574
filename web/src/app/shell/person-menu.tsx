import { LogOut, UserRound } from "lucide-react";
import { Menu, type MenuEntry } from "../../components/menu.tsx";
import { announceError } from "../../lib/announce.ts";
import { useOrganization } from "../../lib/organization.tsx";
import { paths } from "../../lib/paths.ts";
import { useUser } from "../../lib/session.tsx";
import { signOut } from "../../lib/sign-out.ts";
import { setTheme, type ThemeChoice, useThemeChoice } from "../../lib/theme.ts";
import styles from "./rail.module.css";

export function PersonMenu() {
  const user = useUser();
  const { id, role } = useOrganization();
  const theme = useThemeChoice();
  const entries: MenuEntry[] = [
    {
      kind: "link",
      label: "Account",
      icon: <UserRound aria-hidden="true" />,
      to: paths.settings(id, "account"),
    },
    { kind: "separator" },
    {
      kind: "choice",
      label: "Theme",
      value: theme,
      options: [
        { value: "system", label: "As the system" },
        { value: "light", label: "Light" },
        { value: "dark", label: "Dark" },
      ],
      onChange: (next: ThemeChoice) => setTheme(next),
    },
    { kind: "separator" },
    {
      label: "Sign out",
      icon: <LogOut aria-hidden="true" />,
      onSelect: () => void signOut("local").catch(announceError),
    },
  ];
  return (
    <Menu
      align="start"
      side="top"
      entries={entries}
      trigger={
        <button type="button" className={styles.switcher}>
          <span className={styles.avatar} aria-hidden="true">
            {(user.email ?? "?").slice(0, 1).toUpperCase()}
          </span>
          <span className={styles.linkText}>
            <span className="visually-hidden">Your menu:</span>
            <span className="truncate">{user.email}</span>
            <span className={styles.role}>{role}</span>
          </span>
        </button>
      }
    />
  );
}
