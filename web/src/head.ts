/**
 * Runs before anything else is here, React included: what the page at this address needs is asked for at once,
 * its code as well as its data.
 */
import "./lib/head-start.ts";
import { fetchPage } from "./app/page-code.ts";

fetchPage(location.pathname);
