import { tellRuleStory } from "../testing/rule-story.ts";

tellRuleStory({
  rule: "unknown-filter",
  clean: "{{ name | upper }}",
  firing: "Hi\n{{ name | uper }}",
  at: [0, 2, 11],
  says: "no filter `uper`",
  nextDoor: [
    "{{ name | d('x') }}",
    "{{ names | map('uper') | list }}",
    "{{ name or uper }}",
    "{% filter trim %}a{% endfilter %}",
  ],
});

tellRuleStory({
  rule: "unknown-filter",
  clean: "{% filter upper %}a{% endfilter %}",
  firing: "{% filter uppr %}a{% endfilter %}",
  at: [0, 1, 11],
  says: "no filter `uppr`",
  nextDoor: [],
});
