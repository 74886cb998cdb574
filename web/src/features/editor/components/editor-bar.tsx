import { MessageSquareText } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../../../components/button.tsx";
import { Badge, Status } from "../../../components/status.tsx";
import { WhoCan } from "../../../components/who-can.tsx";
import { useCan } from "../../../lib/organization.tsx";
import type { Template } from "../../../lib/queries/get-templates.ts";
import type { Version } from "../../../lib/queries/get-versions.ts";
import styles from "./editor-bar.module.css";

type EditorBarProps = {
  template: Template;
  opened: Version | undefined;
  newest: number;
  changed: boolean;
  activating: boolean;
  trying: boolean;
  onDiscard: () => void;
  onSave: () => void;
  onActivate: () => void;
  onTry: () => void;
  children: ReactNode;
};

/** What is open, what has changed, and the things one does with a text: try it, save it, make it the one requests get. */
export function EditorBar(props: EditorBarProps) {
  const { template, opened, newest, changed, activating, trying, children } = props;
  const may = useCan();
  const mayWrite = may("templates.write");
  const isActive = opened !== undefined && template.active_version === opened.version;
  const mayActivate = may("versions.activate") && opened !== undefined && !isActive;
  return (
    <div className={styles.bar}>
      <Badge>{opened ? `v${opened.version}` : "no version yet"}</Badge>
      <span role="status">
        {changed ? (
          <Status tone="warn">draft, kept in this browser</Status>
        ) : (
          opened && (
            <Status tone={isActive ? "good" : "neutral"}>{isActive ? "saved, active" : "saved"}</Status>
          )
        )}
      </span>
      {children}
      <div className={styles.barActions}>
        <WhoCan permission="templates.write">write, try and activate</WhoCan>
        {may("playground.run") && (
          <Button
            icon={<MessageSquareText aria-hidden="true" />}
            aria-expanded={trying}
            data-tooltip="See an answer before anybody else does"
            data-tooltip-keys="mod+enter"
            onClick={props.onTry}
          >
            Try it
          </Button>
        )}
        {mayWrite && changed && opened && (
          <Button look="quiet" onClick={props.onDiscard}>
            Discard changes
          </Button>
        )}
        {mayWrite && (changed || !opened) && (
          <Button
            look="primary"
            disabled={!changed}
            data-tooltip="A version of its own; requests get it once it is activated"
            data-tooltip-keys="mod+s"
            onClick={props.onSave}
          >
            Save v{newest + 1}
          </Button>
        )}
        {mayActivate && !changed && (
          <Button
            look="primary"
            busy={activating}
            data-tooltip-keys="mod+shift+enter"
            onClick={props.onActivate}
          >
            Activate v{opened.version}
          </Button>
        )}
      </div>
    </div>
  );
}
