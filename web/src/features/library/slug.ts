/** A name people type ("Support Agent!") as the name code can call ("support-agent"). */
export function slugOf(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9._]+/g, "-")
    .replace(/^[._-]+|[._-]+$/g, "");
}
