import { Ellipsis, Pause, Tags, Trash2 } from "lucide-react";
import { useState } from "react";
import { useNavigate } from "react-router";
import { IconButton } from "../../../components/button.tsx";
import { Confirm } from "../../../components/confirm.tsx";
import { Menu } from "../../../components/menu.tsx";
import { announce } from "../../../lib/announce.ts";
import { useCan } from "../../../lib/organization.tsx";
import { paths } from "../../../lib/paths.ts";
import { useDeactivateTemplate } from "../../../lib/queries/activate-version.ts";
import type { Template } from "../../../lib/queries/get-templates.ts";
import { useDeleteTemplate } from "../api/delete-template.ts";
import { DescribeTemplate } from "./describe-template.tsx";

export function TemplateMenu({ template }: { template: Template }) {
  const may = useCan();
  const navigate = useNavigate();
  const [open, setOpen] = useState<"describe" | "deactivate" | "delete">();
  const deactivate = useDeactivateTemplate();
  const remove = useDeleteTemplate();
  const mayDeactivate = may("versions.activate") && template.active_version !== null;
  const mayDelete = may("templates.delete");
  const mayDescribe = may("templates.write");
  if (!mayDescribe && !mayDeactivate && !mayDelete) return null;

  async function deleteIt() {
    await remove.mutateAsync(template.id);
    announce(`${template.name} is deleted`, { description: "An admin can restore it from the library." });
    navigate(paths.library(template.organization_id));
  }

  return (
    <>
      <Menu
        trigger={<IconButton label={`More about ${template.name}`} icon={<Ellipsis aria-hidden="true" />} />}
        entries={[
          mayDescribe && {
            label: "Description and tags",
            icon: <Tags aria-hidden="true" />,
            onSelect: () => setOpen("describe"),
          },
          mayDeactivate && {
            label: "Deactivate",
            hint: "Requests get an error until a version is activated",
            icon: <Pause aria-hidden="true" />,
            onSelect: () => setOpen("deactivate"),
          },
          mayDelete && {
            label: "Delete",
            danger: true,
            icon: <Trash2 aria-hidden="true" />,
            onSelect: () => setOpen("delete"),
          },
        ]}
      />
      <DescribeTemplate
        template={template}
        open={open === "describe"}
        onOpenChange={(next) => setOpen(next ? "describe" : undefined)}
      />
      <Confirm
        open={open === "deactivate"}
        onOpenChange={() => setOpen(undefined)}
        title={`Deactivate ${template.name}?`}
        action={`Deactivate ${template.name}`}
        danger
        onConfirm={() => deactivate.mutateAsync({ templateId: template.id })}
      >
        Requests that name it get <code>template_not_active</code> (409) from now on, until a version is
        activated.
      </Confirm>
      <Confirm
        open={open === "delete"}
        onOpenChange={() => setOpen(undefined)}
        title={`Delete ${template.name}?`}
        action={`Delete ${template.name}`}
        danger
        typed={template.name}
        onConfirm={deleteIt}
      >
        Requests that name it get a 404 from now on. Its versions and its audit entries are kept, and it can
        be restored.
      </Confirm>
    </>
  );
}
