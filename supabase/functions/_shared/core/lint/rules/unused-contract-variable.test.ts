import { tellRuleStory } from "../testing/rule-story.ts";

const declaring = (...names: string[]) => ({
  messages: [{ role: "user", content: "{{ a }}" }],
  contract: { variables: Object.fromEntries(names.map((name) => [name, {}])) },
});

tellRuleStory({
  rule: "unused-contract-variable",
  clean: declaring("a"),
  firing: declaring("a", "b"),
  at: [null, 1, 1],
  says: "`b`",
  fixed: declaring("a"),
  nextDoor: [
    { ...declaring("a", "b"), messages: [{ role: "user", content: "{{ a }}{{ b is defined }}" }] },
    // What a message that does not parse reads, nobody knows.
    { ...declaring("a", "b"), messages: [{ role: "user", content: "{{ a }}{{ b" }] },
  ],
});
