import { clsx } from "clsx";
import type { ComponentProps, MouseEvent, ReactNode } from "react";
import { Link } from "react-router";
import styles from "./button.module.css";
import { Spinner } from "./spinner.tsx";

type Look = {
  /** One primary per view: the thing the view is for. */
  look?: "primary" | "secondary" | "quiet" | /** Asks before it takes something away. */ "risky" | "danger";
  size?: "small" | "medium";
  icon?: ReactNode;
};

/** Everything a trigger needs (ref, aria-expanded, handlers) passes through to the element. */
type Native = Omit<ComponentProps<"button">, "className" | "style">;

export type ButtonProps = Native &
  Look & { /** Shows progress and ignores presses, but keeps the focus. */ busy?: boolean };

/** Its text says what will happen: "Activate v4", never "OK". */
export function Button({ look = "secondary", size = "medium", icon, busy, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      {...(busy && { onClick: ignore, "aria-disabled": true, "aria-busy": true })}
      className={clsx(styles.button, styles[look], styles[size])}
    >
      {busy ? <Spinner /> : icon}
      {children}
    </button>
  );
}

// A form's submit button submits without a click handler: the press itself is stopped.
function ignore(event: MouseEvent) {
  event.preventDefault();
}

type IconButtonProps = Native &
  Look & { label: string; busy?: boolean /** Shown with the label on hover. */; keys?: string };

/** An icon alone always has a name, read aloud and shown on hover. */
export function IconButton({
  label,
  icon,
  look = "quiet",
  size = "medium",
  busy,
  keys,
  ...rest
}: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      {...(busy && { onClick: ignore, "aria-disabled": true, "aria-busy": true })}
      className={clsx(styles.button, styles.icon, styles[look], styles[size])}
      aria-label={label}
      data-tooltip={label}
      data-tooltip-keys={keys}
    >
      {busy ? <Spinner /> : icon}
    </button>
  );
}

/** Looks like a button, goes to an address: opens in a new tab when asked to, as links do. */
export function ButtonLink({
  to,
  look = "secondary",
  size = "medium",
  icon,
  children,
}: Look & { to: string; children: ReactNode }) {
  return (
    <Link to={to} className={clsx(styles.button, styles[look], styles[size])}>
      {icon}
      {children}
    </Link>
  );
}
