import { tellRuleStory } from "../testing/rule-story.ts";

const messages = [{ role: "user", content: "{{ topic }} {{ tone | default('kind') }}" }];
const declaring = (...names: string[]) => ({
  messages,
  contract: { variables: Object.fromEntries(names.map((name) => [name, {}])) },
});

tellRuleStory({
  rule: "undeclared-variable",
  clean: declaring("topic", "tone"),
  firing: declaring("topic"),
  at: [0, 1, 16],
  says: "`tone`",
  fixed: declaring("tone", "topic"),
  nextDoor: [
    { messages },
    { messages, contract: {} },
    { messages, contract: { variables: {} } },
    {
      messages: [{ role: "user", content: "{% set tone = 1 %}{{ tone }}{{ topic }}" }],
      contract: { variables: { topic: {} } },
    },
  ],
});
