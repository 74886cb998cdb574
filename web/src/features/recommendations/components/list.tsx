import { Link, useSearchParams } from "react-router";
import { Badge, Status } from "../../../components/status.tsx";
import { useTemplates } from "../../../lib/queries/get-templates.ts";
import type { RecommendationSummary } from "../api/get-recommendations.ts";
import { tokenChange, tones } from "../words.ts";
import styles from "./inbox.module.css";

type ListProps = {
  groups: { key: string; items: RecommendationSummary[] }[];
  opened: string | undefined;
  /** Whether the template's name is told; under a template's own header it is not. */
  named: boolean;
};

export function List({ groups, opened, named }: ListProps) {
  const { data: templates = [] } = useTemplates();
  const [search] = useSearchParams();
  const to = (id: string) => `?${new URLSearchParams({ ...Object.fromEntries(search), id })}`;
  return groups.map(({ key, items }) => {
    const { template_id, source_version } = items[0]!;
    const name = templates.find(({ id }) => id === template_id)?.name ?? template_id;
    return (
      <section key={key} aria-label={`${name} v${source_version}`}>
        <h2 className={styles.group}>
          {named && <span className="mono">{name} </span>}v{source_version}
          <span className="muted num">{items.length}</span>
        </h2>
        <ul>
          {items.map((one) => (
            <li key={one.id}>
              <Link
                to={to(one.id)}
                className={styles.item}
                aria-current={one.id === opened ? "true" : undefined}
              >
                <Status tone={tones[one.severity]}>
                  <span className="visually-hidden">{one.severity}: </span>
                </Status>
                <span className={styles.itemTitle}>{one.title}</span>
                <Gain recommendation={one} />
              </Link>
            </li>
          ))}
        </ul>
      </section>
    );
  });
}

function Gain({
  recommendation: { rewrite, predicted_effect, state, resulting_version },
}: {
  recommendation: RecommendationSummary;
}) {
  if (state !== "open" && state !== "superseded")
    return (
      <Badge tone={resulting_version ? "good" : "neutral"}>
        {resulting_version ? `v${resulting_version}` : state}
      </Badge>
    );
  if (!rewrite) return <span className={styles.advice}>advice</span>;
  const { tokens } = predicted_effect;
  return tokens && tokens.percent !== 0 ? (
    <span className={styles.gain}>
      {tokenChange(tokens)} tokens<span className="visually-hidden">, estimated</span>
    </span>
  ) : (
    <span className={styles.advice}>rewrite</span>
  );
}
