import { useOrganization } from "../lib/organization.tsx";
import { paths } from "../lib/paths.ts";
import { type Template, useTemplates } from "../lib/queries/get-templates.ts";
import { ButtonLink } from "./button.tsx";

type ToATemplateProps = {
  to: (organizationId: string, templateId: string) => string;
  /** Which will do; all with a version when not said. */
  fits?: (template: Template) => boolean;
  /** What is done there. */
  children: (name: string) => string;
};

/**
 * The way from a page that stays empty until something is done with a template to where it is done: of the
 * template that was changed last, or to the library while there is none.
 */
export function ToATemplate({ to, fits = hasVersion, children }: ToATemplateProps) {
  const { id } = useOrganization();
  const { data: templates } = useTemplates();
  if (!templates) return null;
  const newest = templates
    .filter(fits)
    .reduce<Template | undefined>((a, b) => (a && a.updated_at > b.updated_at ? a : b), undefined);
  return newest ? (
    <ButtonLink to={to(id, newest.id)}>{children(newest.name)}</ButtonLink>
  ) : (
    <ButtonLink to={paths.library(id)}>Open the library</ButtonLink>
  );
}

function hasVersion({ latest_version }: Template): boolean {
  return latest_version > 0;
}

/** To a template that answers, whose “Call it” shows how. */
export function ToACall() {
  return (
    <ToATemplate to={paths.editor} fits={({ active_version }) => active_version !== null}>
      {(name) => `Go and call ${name}`}
    </ToATemplate>
  );
}
