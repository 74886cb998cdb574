const company = "Example Ltd";
const persona = { name: "Ada", tone: "Friendly", expert: true };
const customer = { name: "sam smith", plan: "enterprise", since: "2019", tags: ["vip", "beta", "eu"] };

/** What each template of this folder is rendered with: what it names and nothing else, as contracts demand. */
export const variables: Readonly<Record<string, Record<string, unknown>>> = {
  "greeting.jinja": {
    company,
    persona,
    customer,
    language: "English",
    topics: ["billing", "shipping", "returns"],
  },
  "ticket.jinja": {
    company,
    persona,
    customer,
    tickets: Array.from({ length: 6 }, (_, index) => ({
      status: index % 2 === 0 ? "open" : "closed",
      subject: `  Order ${index} has not arrived `,
      replies: Array.from({ length: 3 }, (_reply, reply) => ({
        author: `person ${reply}`,
        text: "Thank you, I will look.",
      })),
    })),
  },
  "tools.jinja": {
    tools: Array.from({ length: 5 }, (_, index) => ({
      name: `tool_${index}`,
      description: "Does one thing and says so.",
      parameters: Array.from({ length: 4 }, (_parameter, parameter) => ({
        name: `argument_${parameter}`,
        type: parameter % 2 === 0 ? "string" : "number",
        required: parameter === 0,
        description: "What it is for",
      })),
      examples: ["one", "two"],
    })),
    messages: Array.from({ length: 12 }, (_, index) => ({
      role: index === 0 ? "system" : index % 2 === 0 ? "assistant" : "user",
      content: "Some words that a person or a model has written, as long as such messages are.",
    })),
  },
};
