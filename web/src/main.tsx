import "./head.ts";
import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/jetbrains-mono/wght.css";
import "./styles/tokens.css";
import "./styles/reset.css";
import "./styles/base.css";
import "./styles/text.css";
import "./styles/reader.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/app.tsx";
import { Failed } from "./components/states.tsx";
import { AppError } from "./lib/errors.ts";
import { configLoading } from "./lib/head-start.ts";
import { findSession } from "./lib/session.tsx";
import { connect } from "./lib/supabase.ts";

const root = createRoot(document.getElementById("root")!);

try {
  connect(await configLoading);
  await findSession();
  root.render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
} catch (reason) {
  const message = reason instanceof Error ? reason.message : String(reason);
  root.render(
    <Failed
      error={
        new AppError("not_configured", "The dashboard does not know where its Supabase is.", {
          remedy: message,
        })
      }
    />,
  );
}
