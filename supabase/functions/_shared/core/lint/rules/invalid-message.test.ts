import { tellRuleStory } from "../testing/rule-story.ts";

const message = { role: "user", content: "a" };

tellRuleStory({
  rule: "invalid-message",
  clean: { messages: [message] },
  firing: { messages: [message, { role: "tool", content: "a" }] },
  at: [1, 1, 1],
  says: "Message 2",
  fixed: { messages: [message, { role: "assistant", content: "a" }] },
  nextDoor: [{ messages: [{ role: "developer", content: "" }] }],
});

tellRuleStory({
  rule: "invalid-message",
  clean: { messages: [message] },
  firing: { messages: "hello" },
  at: [null, 1, 1],
  says: "no messages",
  fixed: { messages: [{ role: "user", content: "hello" }] },
  nextDoor: [],
});
