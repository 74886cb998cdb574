import { tellRuleStory } from "../testing/rule-story.ts";

tellRuleStory({
  rule: "trailing-whitespace",
  clean: "Answer:\n",
  firing: "Answer: \n",
  at: [0, 1, 8],
  says: "a blank",
  nextDoor: ["Answer: {{ a }}", "Answer: {#- the rest -#}\n"],
});

tellRuleStory({
  rule: "trailing-whitespace",
  clean: "Be kind.\nBe brief.",
  firing: "Be kind.  \r\nBe brief.",
  at: [0, 1, 9],
  says: "blanks",
  nextDoor: [
    "Be kind. \n{%- if a %}{% endif %}",
    "{{ a }}\n{# blanks #}  {#- none reach the model #}\nb",
    "a  b",
    "{{ a   }}\nb",
  ],
});
