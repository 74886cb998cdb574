import { parseTemplate } from "../../template/parse-template.ts";
import { tellRuleStory } from "../testing/rule-story.ts";

const known = new Map([
  ["tone", parseTemplate("Be kind.")],
  ["twice", parseTemplate("{% include 'tone' %}{% include 'tone' %}")],
  ["a", parseTemplate("{% include 'b' %}")],
  ["b", parseTemplate("{% include 'tone' %}{% include 'a' %}")],
]);

tellRuleStory({
  rule: "include-cycle",
  clean: "{% include 'tone' %}",
  firing: "{% include 'a' %}",
  at: [0, 1, 12],
  says: '"a" includes "b" includes "a"',
  fixed: "{% include 'twice' %}",
  nextDoor: ["{% include 'twice' %}{% include 'tone' %}", "{% include 'unheard-of' %}"],
  resolve: (name) => known.get(name),
});
