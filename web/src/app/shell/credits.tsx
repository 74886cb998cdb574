import { NavLink } from "react-router";
import { dollars } from "../../lib/format.ts";
import { useOrganization } from "../../lib/organization.tsx";
import { paths } from "../../lib/paths.ts";
import { useCredits } from "../../lib/queries/get-credits.ts";
import styles from "./rail.module.css";

/** What is left to spend. Quiet, until it is nearly gone. */
export function Credits() {
  const { id } = useOrganization();
  const { data: nano } = useCredits();
  if (nano === undefined) return null;
  const low = nano < 500_000_000;
  return (
    <NavLink to={paths.settings(id, "credits")} className={styles.credits} data-low={low || undefined}>
      <span>Credits</span>
      <span className="num">{dollars(nano)}</span>
    </NavLink>
  );
}
