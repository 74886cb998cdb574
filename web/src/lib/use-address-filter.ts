import { useCallback, useEffect, useState } from "react";
import { useLocation } from "react-router";

type Value = string | number | null;

/**
 * What a list is narrowed by, kept in the address: going back to it, loading the page again and a link sent to somebody
 * show the same. `nothing` is the filter that narrows nothing; what differs from it is written. `numbers` are the facts
 * that are numbers.
 *
 * It is written into the entry of the history where the page stands, beside the router: a choice is no place to go back
 * to, and the whole application need not be drawn for each letter of a search.
 */
export function useAddressFilter<Filter extends Record<string, Value>>(
  nothing: Filter,
  numbers: readonly (keyof Filter)[] = [],
): [filter: Filter, change: (part: Partial<Filter>) => void] {
  const { key } = useLocation();
  const [none] = useState(nothing);
  const read = () => readFilter(location.search, none, numbers);
  const [filter, setFilter] = useState(read);
  const [place, setPlace] = useState(key);
  // Another entry of the history, such as the page's own link pressed again.
  if (place !== key) {
    setPlace(key);
    setFilter(read);
  }
  useEffect(() => {
    const timer = setTimeout(() => writeFilter(filter, none), WRITTEN_AFTER_MS);
    return () => clearTimeout(timer);
  }, [filter, none]);
  const change = useCallback(
    (part: Partial<Filter>) => setFilter((current) => ({ ...current, ...part })),
    [],
  );
  return [filter, change];
}

/** Browsers refuse an address that changes with every key. */
const WRITTEN_AFTER_MS = 150;

export function readFilter<Filter extends Record<string, Value>>(
  search: string,
  nothing: Filter,
  numbers: readonly (keyof Filter)[],
): Filter {
  const address = new URLSearchParams(search);
  const facts = Object.entries(nothing).map(([name, none]) => {
    const text = address.get(name);
    if (text === null) return [name, none];
    if (!numbers.includes(name)) return [name, text];
    const number = Number(text);
    return [name, text !== "" && Number.isFinite(number) ? number : none];
  });
  return Object.fromEntries(facts) as Filter;
}

function writeFilter<Filter extends Record<string, Value>>(filter: Filter, nothing: Filter) {
  const address = new URL(location.href);
  for (const [name, value] of Object.entries(filter)) {
    if (value === nothing[name] || value === null) address.searchParams.delete(name);
    else address.searchParams.set(name, String(value));
  }
  if (address.href !== location.href) history.replaceState(history.state, "", address);
}
