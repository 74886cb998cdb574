import { tellRuleStory } from "../testing/rule-story.ts";

const declaring = (declaration: unknown, content = "Hi {{ a }}", mode = "strict") => ({
  messages: [{ role: "user", content }],
  contract: { variables: { a: declaration }, variables_mode: mode },
});

tellRuleStory({
  rule: "contract-variable-without-value",
  clean: declaring({ required: true }),
  firing: declaring({ required: false }),
  at: [0, 1, 7],
  says: "every rendering needs it",
  fixed: declaring({ required: false, default: "b" }),
  nextDoor: [
    declaring({}),
    declaring({ required: false }, "Hi {{ a | default('b') }}"),
    declaring({ required: false }, "{% if a is defined %}{{ a }}{% endif %}"),
    declaring({ required: false }, "Hi {{ a }}", "lenient"),
  ],
});

tellRuleStory({
  rule: "contract-variable-without-value",
  clean: declaring({ required: false }, "{{ 1 if a is defined }}"),
  firing: declaring({ required: false }, "{{ 1 if a is even }}"),
  at: [0, 1, 9],
  says: "`a` may be left out",
  fixed: declaring({ required: false }, "{{ 1 if a | default(2) is even }}"),
  nextDoor: [],
});
