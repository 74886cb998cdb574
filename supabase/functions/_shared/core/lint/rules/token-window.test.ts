import { tellRuleStory } from "../testing/rule-story.ts";

const version = (words: number, model: string) => ({
  messages: [{ role: "user", content: "word ".repeat(words) }],
  config: { model },
});

tellRuleStory({
  rule: "token-window",
  clean: version(100, "gpt-4"),
  firing: version(9000, "gpt-4"),
  at: [null, 1, 1],
  says: "gpt-4 takes 8192",
  fixed: version(4000, "gpt-4"),
  nextDoor: [
    {
      ...version(10, "gpt-4"),
      messages: [{ role: "user", content: `{% if a %}${"word ".repeat(9000)}{% endif %}` }],
    },
  ],
  model: "gpt-4",
});
