type Callbacks<T> = {
  onSuccess?: (made: T) => unknown;
  /** Left out where the mutation's own `error` is shown. */
  onError?: (reason: Error) => unknown;
};

/**
 * `whenDone(create.mutateAsync(…), { onSuccess })`: what follows a change, also when the component that asked for it
 * is gone by then. Callbacks handed to `mutate` itself are dropped with the component, and a list that stops being
 * empty is enough to take away the dialog that stood in its empty state: a key shown once would never be seen.
 */
export function whenDone<T>(change: Promise<T>, { onSuccess, onError }: Callbacks<T>): void {
  change.then(onSuccess, onError ?? (() => {}));
}
