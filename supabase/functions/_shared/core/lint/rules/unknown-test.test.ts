import { tellRuleStory } from "../testing/rule-story.ts";

tellRuleStory({
  rule: "unknown-test",
  clean: "{% if a is defined %}b{% endif %}",
  firing: "{% if a is defind %}b{% endif %}",
  at: [0, 1, 12],
  says: "no test `defind`",
  nextDoor: [
    "{% if a is divisibleby 3 %}b{% endif %}",
    "{% if a is not none %}b{% endif %}",
    "{{ a is in [1] }}",
    "a is defind",
  ],
});
