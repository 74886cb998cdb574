/** Stands in for supabase-js's storage client, which the dashboard never uses. */
export class StorageClient {}
export class StorageApiError extends Error {}
