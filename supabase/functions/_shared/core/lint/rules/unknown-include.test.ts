import { parseTemplate } from "../../template/parse-template.ts";
import { tellRuleStory } from "../testing/rule-story.ts";

tellRuleStory({
  rule: "unknown-include",
  clean: "{% include 'tone' %}",
  firing: "a {% include 'tune' %}",
  at: [0, 1, 14],
  says: '"tune"',
  fixed: "a {% include 'tone' %}",
  nextDoor: ["{% include 'tune' ignore missing %}", "include 'tune'"],
  resolve: (name) => (name === "tone" ? parseTemplate("Be kind.") : undefined),
});
