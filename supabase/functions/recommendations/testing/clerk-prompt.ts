/** A prompt in the passive voice, and the rewrite of it that keeps everything. */
export const PROMPT =
  "You are a clerk. The answer should be written in English. You must answer {{ question }} in 50 words.";
export const BETTER =
  "You are a clerk. Write the answer in English. You must answer {{ question }} in 50 words.";
