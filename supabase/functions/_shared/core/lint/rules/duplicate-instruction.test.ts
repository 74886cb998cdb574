import { tellRuleStory } from "../testing/rule-story.ts";

tellRuleStory({
  rule: "duplicate-instruction",
  clean: "Always answer in English. Never mention prices.",
  firing: "Always answer in English. Never mention prices.\n\nPlease always answer in English.",
  at: [0, 3, 1],
  says: "line 1",
  fixed: "Always answer in English. Never mention prices.\n\nBe brief.",
  nextDoor: [
    "Always answer in English. Never answer in English.",
    "{% if a %}Always answer in English.{% else %}Always answer in English.{% endif %}",
    "Answer with 2 examples. Answer with 3 examples.",
  ],
});
