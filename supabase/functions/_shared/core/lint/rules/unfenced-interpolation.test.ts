import { expect, test } from "vitest";
import { lintPrompt } from "../lint-prompt.ts";
import { tellRuleStory } from "../testing/rule-story.ts";

tellRuleStory({
  rule: "unfenced-interpolation",
  clean: "Answer the question in <question>{{ question }}</question>.",
  firing: "Answer this: {{ question }} Be brief.",
  at: [0, 1, 14],
  says: "`question`",
  nextDoor: [
    "You are a {{ role }} for {{ company }}. Answer in {{ language }}.",
    "{{ instructions }}\n\nStay polite. {{ user.name }} likes {{ user.colour }}.",
    "Use {{ limit | int }} words. {{ limit + 1 }}",
    "Facts: {{ text | tojson }}",
    "```\n{{ code_snippet }}\n```",
    "DOCUMENT START\n{{ document }}\nDOCUMENT END\nSummarise it.",
    "# Text\n{{ text }}\n\n# Rules\nBe brief.",
    "<docs>\n{% for doc in docs %}\n{{ doc.title }}\n{{ doc.text }}\n{% endfor %}\n</docs>",
    { messages: [{ role: "user", content: "Answer this: {{ question }}" }] },
    "{% set message = 'Hello' %}Begin with {{ message }}.",
    "{{ system_prompt }}",
  ],
});

tellRuleStory({
  rule: "unfenced-interpolation",
  clean: "Use this manual.\n\n<manual>{{ manual }}</manual>",
  firing: "Use this manual.\n\n{{ manual }}\n\nBe brief.",
  at: [0, 3, 1],
  says: "`manual`",
  nextDoor: [
    "Use the manual {{ manual }}.",
    {
      messages: [{ role: "system", content: "Greet them first.\n\n{{ opening }}" }],
      contract: { variables: { opening: { default: "Hello!" } } },
    },
  ],
});

tellRuleStory({
  rule: "unfenced-interpolation",
  clean: '{% for hit in hits %}"{{ hit.text }}"\n{% endfor %}',
  firing: "Compare.\nA: {{ doc_1 }}\nB: {{ doc_2 }}\nAgain: {{ doc_1 }}",
  at: [0, 2, 4],
  says: "`doc_1`",
  nextDoor: [],
});

tellRuleStory({
  rule: "unfenced-interpolation",
  clean: "{% for hit in hits %}<hit>{{ hit.text }}</hit>{% endfor %}",
  firing: "{% for hit in hits %}{{ hit.id }}: {{ hit.text }}\n{% endfor %}",
  at: [0, 1, 36],
  says: "`text`",
  nextDoor: ["{% for hit in hits %}{{ hit.id }}: {{ hit.score }}{% endfor %}"],
});

tellRuleStory({
  rule: "unfenced-interpolation",
  clean: "Answer this: {{ '<q>' ~ question ~ '</q>' }}",
  firing: "{% set asked = question | trim %}Answer this: {{ 'Q: ' ~ (asked if asked else 'none') }}",
  at: [0, 1, 47],
  says: "`question`",
  nextDoor: [
    "Answer this: {{ 'yes' if question else 'no' }}",
    "Answer this: {{ '\"' + question + '\"' }}",
    "{% set size = question | length %}Its length is {{ size }}.",
  ],
});

test("the remedy quotes the tag as it is written", () => {
  const content = "{% for hit in hits %}{{ hit.text | trim }}{% endfor %}";
  const { findings } = lintPrompt({ messages: [{ role: "system", content }] });
  expect(findings.map(({ remedy }) => remedy)).toEqual([
    "Write <text>{{ hit.text | trim }}</text>, and say that what is between the tags is data.",
  ]);
});
