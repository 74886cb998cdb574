import type { LintResult } from "@core/lint/lint-result.ts";
import { lazy, Suspense, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { Skeleton } from "../../../components/states.tsx";
import { announceActive, announceError } from "../../../lib/announce.ts";
import { useCan } from "../../../lib/organization.tsx";
import { paths } from "../../../lib/paths.ts";
import { useActivateVersion } from "../../../lib/queries/activate-version.ts";
import type { Template } from "../../../lib/queries/get-templates.ts";
import type { Message, Version } from "../../../lib/queries/get-versions.ts";
import { useIncludeTree } from "../../../lib/use-include-tree.ts";
import { useMedia } from "../../../lib/use-media.ts";
import { useShortcuts } from "../../../lib/use-shortcuts.ts";
import { whenDone } from "../../../lib/when-done.ts";
import { useAnalysis } from "../analysis/use-analysis.ts";
import { ConflictNotice } from "../conflict/conflict-notice.tsx";
import { editorShortcuts } from "../editor-shortcuts.ts";
import { callerWords, type Replay } from "../get-replay.ts";
import { useDraft } from "../use-draft.ts";
import { useExamples, useValues } from "../use-examples.ts";
import { usePinNewest } from "../use-pin-newest.ts";
import { usePresence } from "../use-presence.ts";
import { useShownIncludes } from "../use-shown-includes.ts";
import { withEdits } from "../with-edits.ts";
import styles from "./editor.module.css";
import { EditorBar } from "./editor-bar.tsx";
import { EditorHelp } from "./editor-help.tsx";
import { Messages } from "./messages.tsx";
import { NewerIncludes } from "./newer-includes.tsx";
import { Presence } from "./presence.tsx";
import { Problems } from "./problems.tsx";
import { SaveDialog } from "./save-dialog.tsx";
import { Side } from "./side.tsx";
import { SideSheet } from "./side-sheet.tsx";
import { useReplay } from "./use-replay.ts";

const Playground = lazy(async () => ({ default: (await import("../playground/playground.tsx")).Playground }));

type EditorProps = {
  template: Template;
  versions: Version[];
  /** The version the address asks for; without it, the newest. */
  asked?: number;
  replay?: Replay;
};

export function Editor({ template, versions, asked, replay }: EditorProps) {
  const opened = versions.find(({ version }) => version === asked) ?? versions[0];
  const newest = versions[0]?.version ?? 0;
  const { id: templateId, organization_id: organizationId } = template;
  const may = useCan();
  const navigate = useNavigate();
  const { draft, changed, change, discard, leave } = useDraft({ templateId, version: opened, newest, asked });
  const examples = useExamples(templateId);
  const [kinds, setKinds] = useState<Record<string, string>>();
  const values = useValues(examples, kinds);
  const includes = useShownIncludes({ templateId, opened, messages: draft.messages, changed });
  const { analysis, failure } = useAnalysis({ ...draft, values, includes }, (next) =>
    setKinds(Object.fromEntries(next.variables.map(({ name, type }) => [name, type]))),
  );
  const others = usePresence(organizationId, templateId, changed);
  const [open, setOpen] = useState<"save" | "help">();
  const [trying, setTrying] = useState(replay !== undefined && may("playground.run"));
  useReplay(replay, examples);
  const activate = useActivateVersion();
  const readOnly = !may("templates.write");
  const narrow = useMedia("(max-width: 899px)");
  const findings = analysis?.report.findings ?? [];

  function activateOpened() {
    if (!opened || changed || template.active_version === opened.version) return;
    whenDone(activate.mutateAsync({ templateId, version: opened.version }), {
      onSuccess: () => announceActive({ templateId, version: opened.version }),
      onError: announceError,
    });
  }

  function onSaved(saved: Version) {
    if (!asked) return discard();
    // The older version this was begun on must not be seen again on the way to the new one.
    leave(saved.version);
    navigate(paths.editor(organizationId, templateId), { replace: true });
  }

  function setMessages(messages: Message[]) {
    change({ messages });
  }

  const tree = useIncludeTree(templateId, opened);
  const pinNewest = usePinNewest({
    tree,
    messages: draft.messages,
    setMessages,
    save: () => !readOnly && setOpen("save"),
  });

  const at = useRef(-1);
  function nextProblem() {
    const placed = findings.filter(({ messageIndex }) => messageIndex !== null);
    at.current = (at.current + 1) % Math.max(placed.length, 1);
    if (placed[at.current]) void goTo(placed[at.current]!);
  }

  const shortcuts = editorShortcuts(may, {
    tryIt: () => setTrying(true),
    save: () => changed && setOpen("save"),
    activate: activateOpened,
    nextProblem,
    addMessage: () => setMessages([...draft.messages, { role: "user", content: "" }]),
    help: () => setOpen("help"),
  });
  // Once it is open, the playground's own keys come first.
  useShortcuts(trying ? shortcuts.filter(({ keys }) => keys !== "mod+enter") : shortcuts);

  const side = <Side {...{ analysis, examples, draft, tree, readOnly }} onChange={change} />;

  return (
    <div className={styles.editor}>
      <EditorBar
        template={template}
        opened={opened}
        newest={newest}
        changed={changed}
        activating={activate.isPending}
        trying={trying}
        onDiscard={discard}
        onSave={() => setOpen("save")}
        onActivate={activateOpened}
        onTry={() => setTrying(!trying)}
      >
        <Presence others={others} />
        {narrow && <SideSheet>{side}</SideSheet>}
        <span className={styles.help}>
          <EditorHelp
            shortcuts={shortcuts}
            open={open === "help"}
            onOpenChange={(next) => setOpen(next ? "help" : undefined)}
          />
        </span>
      </EditorBar>
      {/* One's own save is no conflict; another's is said by its refusal, and here once the dialog is closed. */}
      {changed && open !== "save" && <ConflictNotice versions={versions} draft={draft} onMerged={change} />}
      <NewerIncludes tree={tree} onPin={pinNewest} />
      <div className={styles.columns}>
        <div className={styles.main}>
          <Messages
            messages={draft.messages}
            readOnly={readOnly}
            analysis={analysis}
            fresh={!opened && !readOnly}
            onChange={setMessages}
          />
          <Problems
            findings={findings}
            failure={failure}
            checked={analysis !== undefined}
            readOnly={readOnly}
            onGo={goTo}
            onFix={(index, edits) => setMessages(withEdits(draft.messages, index, edits))}
          />
          {trying && (
            <Suspense fallback={<Skeleton lines={3} />}>
              <Playground
                template={template}
                versions={versions}
                draft={draft}
                unchanged={changed ? undefined : opened?.version}
                values={values}
                examples={examples}
                kinds={kinds}
                said={callerWords(replay)}
                onClose={() => setTrying(false)}
              />
            </Suspense>
          )}
        </div>
        {!narrow && <div className={`${styles.side} ${styles.main}`}>{side}</div>}
      </div>
      <SaveDialog
        template={template}
        draft={draft}
        open={open === "save"}
        onOpenChange={(next) => setOpen(next ? "save" : undefined)}
        onSaved={onSaved}
      />
    </div>
  );
}

/** The code editor's modules are here by then: there is a finding to go to. */
async function goTo({ messageIndex, line, column }: LintResult) {
  const { focusPlace } = await import("../focus-place.ts");
  focusPlace(`Text of message ${(messageIndex ?? 0) + 1}`, line, column);
}
