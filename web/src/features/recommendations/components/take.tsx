import { MAX_VARIANTS } from "@core/ab/parse-weights.ts";
import { useNavigate } from "react-router";
import { Button } from "../../../components/button.tsx";
import { Menu } from "../../../components/menu.tsx";
import { announce, announceError, announceSaved } from "../../../lib/announce.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { paths } from "../../../lib/paths.ts";
import { type DraftAbTest, useDraftAbTests } from "../../../lib/queries/get-draft-ab-tests.ts";
import { whenDone } from "../../../lib/when-done.ts";
import { useAccept } from "../api/decide.ts";
import type { Recommendation } from "../api/get-recommendations.ts";

type TakeProps = { recommendation: Recommendation; next: number; onShow: (id: string) => void };

/** The letter of the variant that comes next. */
function nextLetter(draft: DraftAbTest): string {
  return String.fromCharCode("A".charCodeAt(0) + draft.variants.length);
}

function announceTried(version: number, testId: string, draft: DraftAbTest | undefined) {
  const variant = draft
    ? `It is variant ${nextLetter(draft)} of “${draft.name}”, whose variants now share traffic evenly.`
    : "It is variant B of a drafted test.";
  announce(`v${version} is saved`, { description: `${variant} Nothing is served yet.`, about: testId });
}

/** Accepting as it stands: for itself, as B of a test that is drafted for it, or as one more variant of a draft there is. */
export function Take({ recommendation: { id, template_id }, next, onShow }: TakeProps) {
  const accept = useAccept();
  const navigate = useNavigate();
  const { id: org } = useOrganization();
  const { data: drafts = [] } = useDraftAbTests(template_id);

  function take(asTest: boolean, draft?: DraftAbTest) {
    whenDone(accept.mutateAsync({ id, asTest, testId: draft?.id }), {
      onSuccess: (made) => {
        const saved = { templateId: template_id, version: made.resulting_version };
        if (made.test_id) {
          announceTried(saved.version, made.test_id, draft);
          navigate(paths.test(org, made.test_id));
        } else {
          announceSaved(saved);
          onShow(id);
        }
      },
      onError: announceError,
    });
  }

  const pending = accept.isPending ? accept.variables?.asTest : undefined;
  return (
    <>
      {drafts.length === 0 ? (
        <Button busy={pending === true} onClick={() => take(true)}>
          Try v{next} as B
        </Button>
      ) : (
        <Menu
          align="end"
          trigger={<Button busy={pending === true}>Try v{next}…</Button>}
          entries={[
            ...drafts.map((draft) => {
              const full = draft.variants.length >= MAX_VARIANTS;
              return {
                label: full ? `In “${draft.name}”` : `As ${nextLetter(draft)} of “${draft.name}”`,
                hint: full
                  ? "It has ten variants already."
                  : `The draft's ${draft.variants.length + 1} variants then share traffic evenly.`,
                disabled: full,
                onSelect: () => take(true, draft),
              };
            }),
            {
              label: "As B of a new test",
              hint: `Against v${next - 1}, half each.`,
              onSelect: () => take(true),
            },
          ]}
        />
      )}
      <Button look="primary" busy={pending === false} onClick={() => take(false)}>
        Accept as v{next}
      </Button>
    </>
  );
}
