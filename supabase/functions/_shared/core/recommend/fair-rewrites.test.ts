import { expect, test } from "vitest";
import { findBreaches } from "./preserves-template.ts";

/* A check that refuses everything would be safe as well: these say the same as before, and must be let through. */
const breaches = (before: string, after: string) =>
  findBreaches({ messages: [{ role: "system", content: before }] }, [{ role: "system", content: after }]).map(
    ({ code }) => code,
  );

test.each<[before: string, after: string]>([
  [
    "The answer should be written in English. You must answer {{ q }} in 50 words.",
    "Write the answer in English. You must answer {{ q }} in 50 words.",
  ],
  [
    "Please kindly make sure that you always cite the source of every claim.",
    "Always cite the source of every claim.",
  ],
  [
    "You are a billing assistant. I would really like you to please summarise the invoice below in 3 sentences.",
    "You are a billing assistant. Summarise the invoice below in three sentences.",
  ],
  ["Keep it short and do not use any jargon at all.", "Keep it short. Do not use jargon."],
  [
    "If the customer is angry, it is important that you apologise first.",
    "If the customer is angry, apologise first.",
  ],
  ["Prices must never be mentioned by you in the reply.", "Never mention prices in the reply."],
  ["Don't invent facts. Do not make up facts.", "Do not invent facts."],
  ["Your answer must be no more than 50 words in length.", "Answer in at most 50 words."],
  ["It is required that the output is valid JSON. Answer only with JSON.", "Answer only with valid JSON."],
  [
    "1. You should check the identity.\n2. You should then read out the balance.",
    "1. Check the identity.\n2. Read out the balance.",
  ],
  [
    "In order to help the reader, explain each of the terms that are used in the text.",
    "Explain each term used in the text.",
  ],
  [
    "The user's question should be answered by you politely, and in French.",
    "Answer the user's question politely in French.",
  ],
  ["Refunds over $100 have to be approved by a manager.", "A manager must approve refunds over $100."],
  ["Give three reasons, each of them with a source.", "Give 3 reasons, each with a source."],
  [
    "Summarise <document>{{ text }}</document> for busy readers, please.",
    "Summarise <document>{{ text }}</document> for busy readers.",
  ],
  [
    "Do not answer questions about politics. Do not answer questions about religion.",
    "Do not answer questions about politics or religion.",
  ],
  [
    "When you are not sure about the answer, you should say that you do not know.",
    "When you are not sure, say that you do not know.",
  ],
  [
    "You will be given a review. Your task is to classify the review as positive or negative.",
    "Classify the review as positive or negative.",
  ],
])("%s may become: %s", (before, after) => {
  expect(breaches(before, after)).toEqual([]);
});
