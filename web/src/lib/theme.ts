import { useSyncExternalStore } from "react";

export type ThemeChoice = "system" | "light" | "dark";

const storageKey = "nemo.theme";
const systemDark = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

function choice(): ThemeChoice {
  const stored = localStorage.getItem(storageKey);
  return stored === "light" || stored === "dark" ? stored : "system";
}

function apply() {
  const chosen = choice();
  const dark = chosen === "system" ? systemDark.matches : chosen === "dark";
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

systemDark.addEventListener("change", apply);

export function setTheme(next: ThemeChoice) {
  if (next === "system") localStorage.removeItem(storageKey);
  else localStorage.setItem(storageKey, next);
  apply();
}

/** The person's choice; the theme in force is `data-theme` on the root element. */
export function useThemeChoice(): ThemeChoice {
  return useSyncExternalStore(subscribe, choice);
}
