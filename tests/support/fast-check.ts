import fc from "fast-check";

/**
 * Properties are tried with the same examples in every run, so that what fails was broken by a change and not met by
 * chance. `NEMO_SEED=7 npx vitest run …` tries others.
 */
fc.configureGlobal({ seed: Number(process.env.NEMO_SEED ?? 1) });

export { fc };
