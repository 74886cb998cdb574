import { tellRuleStory } from "../testing/rule-story.ts";

tellRuleStory({
  rule: "undefined-reachable",
  clean: "{% if plan == 'pro' %}{{ seats | default(1) }}{% endif %}",
  firing: "{% if plan == 'pro' %}{{ seats }}{% endif %}",
  at: [0, 1, 26],
  says: "`seats` may be left out",
  fixed: "{% if plan == 'pro' and seats is defined %}{{ seats }}{% endif %}",
  nextDoor: [
    "{{ seats }}{% if plan == 'pro' %}{{ seats }}{% endif %}",
    {
      messages: [{ role: "user", content: "{% if plan == 'pro' %}{{ seats }}{% endif %}" }],
      contract: { variables: { plan: {}, seats: { required: true } } },
    },
    {
      messages: [{ role: "user", content: "{% if plan == 'pro' %}{{ seats }}{% endif %}" }],
      contract: { variables_mode: "lenient" },
    },
  ],
});
