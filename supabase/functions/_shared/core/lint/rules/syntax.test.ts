import { tellRuleStory } from "../testing/rule-story.ts";

tellRuleStory({
  rule: "syntax",
  clean: "Hello {{ name }}",
  firing: "Hello\n  {{ name }",
  at: [0, 2, 11],
  says: "cannot be read",
  fixed: "Hello\n  {{ name }}",
  nextDoor: ["{% raw %}{{ name }{% endraw %}", "{# {{ name } #}", "a } b }} c %}", "{ name }"],
});
