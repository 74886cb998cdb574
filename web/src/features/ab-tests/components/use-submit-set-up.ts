import { useMutation } from "@tanstack/react-query";
import { useRef } from "react";
import { useNavigate } from "react-router";
import { announce } from "../../../lib/announce.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { paths } from "../../../lib/paths.ts";
import type { Template } from "../../../lib/queries/get-templates.ts";
import {
  type DraftedAbTest,
  useCreateAbTest,
  useStartAbTest,
  useUpdateAbTest,
} from "../api/change-ab-test.ts";

/**
 * Saves the draft, and starts it when asked. When the start is refused the draft stays: what is sent next changes
 * it instead of making a second one.
 */
export function useSubmitSetUp(template: Template, draftId: string | undefined) {
  const { id } = useOrganization();
  const navigate = useNavigate();
  const saved = useRef(draftId);
  const create = useCreateAbTest();
  const update = useUpdateAbTest();
  const start = useStartAbTest();
  return useMutation({
    mutationFn: async ({ test, start: begin }: { test: DraftedAbTest; start: boolean }) => {
      const row = saved.current
        ? await update.mutateAsync({ testId: saved.current, test })
        : await create.mutateAsync({ templateId: template.id, test });
      saved.current = row.id;
      if (begin) {
        const variants = test.variants.map((variant) => ({
          ...variant,
          phase: 1,
          letter: "",
          stopped_at: null,
          stopped_for: null,
        }));
        await start.mutateAsync({ id: row.id, template_id: template.id, variants });
      }
      return row.id;
    },
    onSuccess: (testId, { test, start: begun }) => {
      announce(begun ? `${test.name} is running` : `${test.name} is saved as a draft`, { about: testId });
      navigate(paths.test(id, testId));
    },
  });
}
