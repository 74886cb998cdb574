import { parseTemplate } from "../../template/parse-template.ts";
import { tellRuleStory } from "../testing/rule-story.ts";

tellRuleStory({
  rule: "budget-exceeded",
  clean: "{% for i in range(100) %}a{% endfor %}",
  firing: "{% for i in range(1000) %}{% for j in range(1000) %}a{% endfor %}{% endfor %}",
  at: [null, 1, 1],
  says: "steps",
  fixed: "{% for i in range(10) %}{% for j in range(10) %}a{% endfor %}{% endfor %}",
  nextDoor: [
    "{% for i in range(1000) %}{% if a %}{% for j in range(1000) %}a{% endfor %}{% endif %}{% endfor %}",
    "{% for i in range(1000) %}{% for j in range(1000) %}{% break %}{% endfor %}{% endfor %}",
    "{% for i in range(n) %}{% for j in range(1000) %}a{% endfor %}{% endfor %}",
  ],
});

tellRuleStory({
  rule: "budget-exceeded",
  clean: "a".repeat(64 * 1024),
  firing: "a".repeat(64 * 1024 + 1),
  at: [0, 1, 1],
  says: "65536 bytes",
  fixed: "a".repeat(1000),
  nextDoor: [],
});

tellRuleStory({
  rule: "budget-exceeded",
  clean: "{% include 'long' %}",
  firing: "{% include 'long' %}".repeat(20),
  at: [null, 1, 1],
  says: "1048576 bytes",
  fixed: "{% include 'long' %}".repeat(10),
  nextDoor: [`{% if a %}${"{% include 'long' %}".repeat(20)}{% endif %}`],
  resolve: () => parseTemplate("a".repeat(60_000)),
});
