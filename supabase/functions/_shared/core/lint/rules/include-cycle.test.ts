import { parseTemplate } from "../../template/parse-template.ts";
import { tellRuleStory } from "../testing/rule-story.ts";

const known: Record<string, string> = {
  tone: "Be kind.",
  twice: "{% include 'tone' %}{% include 'tone' %}",
  a: "{% include 'b' %}",
  b: "{% include 'tone' %}{% include 'a' %}",
};

tellRuleStory({
  rule: "include-cycle",
  clean: "{% include 'tone' %}",
  firing: "{% include 'a' %}",
  at: [0, 1, 12],
  says: '"a" includes "b" includes "a"',
  fixed: "{% include 'twice' %}",
  nextDoor: ["{% include 'twice' %}{% include 'tone' %}", "{% include 'unheard-of' %}"],
  resolve: (name) => (Object.hasOwn(known, name) ? parseTemplate(known[name] ?? "") : undefined),
});
