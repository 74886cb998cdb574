import { tellRuleStory } from "../testing/rule-story.ts";

const declaring = (type: string, content: string) => ({
  messages: [{ role: "user", content }],
  contract: { variables: { a: { type } } },
});

tellRuleStory({
  rule: "type-mismatch",
  clean: declaring("object", "{{ a.name }}"),
  firing: declaring("string", "{{ a.name }}"),
  at: [0, 1, 4],
  says: "is of type string, but the template uses it as object",
  fixed: declaring("object", "{{ a.name }}"),
  nextDoor: [
    declaring("any", "{{ a.name }}"),
    declaring("number", "{{ a }}"),
    declaring("list", "{% if a %}b{% endif %}"),
    declaring("object", "{% for key in a %}{{ key }}{% endfor %}"),
  ],
});
