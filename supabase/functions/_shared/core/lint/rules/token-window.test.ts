import { parseTemplate } from "../../template/parse-template.ts";
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

tellRuleStory({
  rule: "token-window",
  clean: version(100, "llama-3-8b"),
  firing: version(9000, "llama-3-8b"),
  at: [null, 1, 1],
  says: "about 9008 tokens, counted with another model's tokenizer; llama-3-8b takes 8192",
  fixed: version(4000, "llama-3-8b"),
  nextDoor: [],
  model: "llama-3-8b",
});

const including = (times: number) => ({
  messages: [{ role: "user", content: "{% include 'long' %}".repeat(times) }],
  config: { model: "gpt-4" },
});

tellRuleStory({
  rule: "token-window",
  clean: including(2),
  firing: including(3),
  at: [null, 1, 1],
  says: "gpt-4 takes 8192",
  fixed: including(1),
  nextDoor: [],
  model: "gpt-4",
  resolve: () => parseTemplate("word ".repeat(3000)),
});
