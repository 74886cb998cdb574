import { useMemo } from "react";
import { type IncludeNode, includeTree } from "./include-tree.ts";
import { useVersionIncludes } from "./queries/get-includes.ts";
import { isPartial, type Template, useTemplates } from "./queries/get-templates.ts";
import type { Version } from "./queries/get-versions.ts";

const noTemplates: Template[] = [];

/** The first level is known with the version, the others and what is newer a moment later. */
export function useIncludeTree(templateId: string, version: Version | undefined): IncludeNode[] {
  const { data: includes } = useVersionIncludes(templateId, version);
  const { data: templates = noTemplates, isSuccess } = useTemplates();
  return useMemo(() => {
    const known = includes ?? { pins: version?.pins ?? {}, versions: [] };
    return includeTree(known, templates, isSuccess && !isPartial(templates));
  }, [includes, version, templates, isSuccess]);
}
