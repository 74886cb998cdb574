import { tellRuleStory } from "../testing/rule-story.ts";

tellRuleStory({
  rule: "unfenced-interpolation",
  clean: "Answer the question in <question>{{ question }}</question>.",
  firing: "Answer this: {{ question }} Be brief.",
  at: [0, 1, 14],
  says: "`question`",
  fixed: 'Answer this: "{{ question }}" Be brief.',
  nextDoor: [
    "Use {{ limit | int }} words. {{ limit + 1 }}",
    "Facts: {{ facts | tojson }}",
    "```\n{{ code }}\n```",
    { messages: [{ role: "user", content: "Answer this: {{ question }}" }] },
    "{% set brand = 'Nemo' %}You speak for {{ brand }}.",
  ],
});
