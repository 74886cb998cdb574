import { parseTemplate } from "../../template/parse-template.ts";
import { tellRuleStory } from "../testing/rule-story.ts";

const long = "Explain every step in plain words and name the source of each claim you make. ".repeat(20);

tellRuleStory({
  rule: "cache-order",
  clean: `${long}\n\nToday is <d>{{ date }}</d>.`,
  firing: `Today is {{ date }}.\n\n${long}`,
  at: [0, 1, 10],
  says: "% of the fixed text",
  fixed: {
    messages: [
      { role: "system", content: long },
      { role: "user", content: "Today is {{ date }}." },
    ],
  },
  nextDoor: [
    `You are a {{ role }} of {{ company }}. ${long}`,
    "Today is {{ date }}. Be brief.",
    long,
    `{% set x = 1 %}{{ x }}${long}`,
    `{% set x = date %}{% macro m() %}{{ date }}{% endmacro %}${long}{{ x }}{{ m() }}`,
  ],
  model: "gpt-4o",
});

tellRuleStory({
  rule: "cache-order",
  clean: `{% macro today(day) %}Today is {{ day }}.{% endmacro %}${long}{{ today(date) }}`,
  firing: `{% macro today() %}Today is {{ date }}.{% endmacro %}{% set said = today() %}{{ said }}${long}`,
  at: [0, 1, 78],
  says: "`date` varies",
  fixed: `{% macro today(day) %}Today is {{ day }}.{% endmacro %}${long}{{ today(date) }}`,
  nextDoor: [],
  model: "gpt-4o",
});

tellRuleStory({
  rule: "cache-order",
  clean: `${long.repeat(5)} Answer in {{ language }}.`,
  firing: `Answer in {{ language }}. ${long.repeat(5)}`,
  at: [0, 1, 11],
  says: "`language` varies",
  fixed: `${long} Answer in {{ language }}.`,
  nextDoor: [],
  model: "gpt-4o",
});

tellRuleStory({
  rule: "cache-order",
  clean: "{% include 'long' %} Today is {{ date }}.",
  firing: "Be brief.\n{% include 'dated' %}\n{% include 'long' %}",
  at: [0, 2, 12],
  says: "`date` varies",
  fixed: "Be brief.\n{% include 'long' %}\n{% include 'dated' %}",
  nextDoor: ["{% include 'long' %}{% include 'long' %}"],
  resolve: (name) => parseTemplate(name === "dated" ? "Today is {{ date }}." : long),
});
