/**
 * The pages of somebody who is not signed in, in one chunk: going from one to the next shows it at once. A page that
 * is still on its way leaves the form of the last one standing, and what is typed meanwhile would be lost with it.
 */
export { ResetPage } from "./components/reset-page.tsx";
export { SignInPage } from "./components/sign-in-page.tsx";
export { SignUpPage } from "./components/sign-up-page.tsx";
