import { tellRuleStory } from "../testing/rule-story.ts";

const messages = [{ role: "user", content: "{{ a }}" }];
const withVariable = (declaration: unknown) => ({ messages, contract: { variables: { a: declaration } } });

tellRuleStory({
  rule: "invalid-contract",
  clean: withVariable({ type: "number", default: 3 }),
  firing: withVariable({ type: "number", default: "3" }),
  at: [null, 1, 1],
  says: "The default of `a` is of type string",
  fixed: withVariable({ type: "string", default: "3" }),
  nextDoor: [
    withVariable({ type: "any", default: "3" }),
    withVariable({ type: "list", default: null }),
    withVariable({}),
    { messages },
  ],
});

tellRuleStory({
  rule: "invalid-contract",
  clean: { messages, contract: { variables_mode: "lenient" } },
  firing: { messages, contract: { variables_mode: "loose" } },
  at: [null, 1, 1],
  says: "variables_mode",
  fixed: { messages, contract: { variables_mode: "strict" } },
  nextDoor: [
    { messages, contract: null },
    { messages, contract: { options: { trim_blocks: true } } },
  ],
});
