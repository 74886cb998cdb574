import {
  type ComponentProps,
  type ComponentType,
  cloneElement,
  type PointerEvent,
  type ReactElement,
  useEffect,
  useState,
} from "react";
import { flushSync } from "react-dom";
import { announceError } from "../lib/announce.ts";
import { whenIdle } from "../lib/when-idle.ts";

type PopupKind = "menu" | "dialog" | "listbox";
type Overlay<P> = ComponentType<P & { defaultOpen?: boolean }>;

/** Where an overlay's code comes from, and the code once it is here. */
export type Source<P> = {
  popup: PopupKind;
  get: () => Promise<Overlay<P>>;
  ready: () => Overlay<P> | undefined;
};

/**
 * Code of what floats (menus, dialogs, pickers) is a third of the page's weight and is needed after the first press,
 * not before the first paint: it is fetched when the page is idle, or when a trigger is pressed before that.
 */
export function overlaySource<P>(popup: PopupKind, load: () => Promise<Overlay<P>>): Source<P> {
  let loaded: Overlay<P> | undefined;
  const get = async () => {
    loaded ??= await load();
    return loaded;
  };
  whenIdle(() => void get().catch(() => {}));
  return { popup, get, ready: () => loaded };
}

type DeferredProps<P> = {
  source: Source<P>;
  props: P & { trigger?: ReactElement; open?: boolean; onOpenChange?: (open: boolean) => void };
};

/**
 * Shows the trigger at once; a press that came before the code is kept and opens it when it has come. Code that has come
 * takes over when the pointer does: people point a tenth of a second before they press.
 */
export function Deferred<P extends object>({ source, props }: DeferredProps<P>) {
  const [Loaded, setLoaded] = useState<Overlay<P> | undefined>(source.ready);
  const [pressed, setPressed] = useState(false);
  const wanted = !Loaded && (pressed || Boolean(props.open));

  useEffect(() => {
    if (!wanted) return;
    source.get().then(
      (component) => setLoaded(() => component),
      (reason) => {
        setPressed(false);
        announceError(reason);
      },
    );
  }, [wanted, source]);

  // At once, and not with the next frame: the trigger is another element afterwards, and no press may fall between.
  function takeOver({ pointerType }: PointerEvent) {
    if (pointerType === "mouse" && !wanted) flushSync(() => setLoaded(source.ready));
  }

  if (Loaded) return <Loaded {...props} defaultOpen={pressed} />;
  if (!props.trigger) return null;
  return cloneElement(props.trigger as ReactElement<ComponentProps<"button">>, {
    onPointerEnter: takeOver,
    onClick: () => {
      setPressed(true);
      // Whoever holds the state hears of the press as well, or would keep it closed.
      props.onOpenChange?.(true);
    },
    "aria-haspopup": source.popup,
    "aria-busy": wanted || undefined,
  });
}
