import { expect, it } from "vitest";
import { promptTextOf } from "./prompt-text.ts";

const BASE64 = "A".repeat(100_000);

it("of a chat the texts, the tool calls and the tools count, and no picture, sound or file does", () => {
  const { text, tokens } = promptTextOf({
    model: "gpt-4o",
    temperature: 1,
    messages: [
      { role: "system", content: "Be brief." },
      {
        role: "user",
        content: [
          { type: "text", text: "What is this?" },
          { type: "image_url", image_url: { url: `data:image/png;base64,${BASE64}`, detail: "high" } },
          { type: "input_audio", input_audio: { data: BASE64, format: "wav" } },
          { type: "file", file: { file_data: BASE64 } },
        ],
      },
      {
        role: "assistant",
        tool_calls: [{ id: "call_1", type: "function", function: { name: "look", arguments: '{"at":1}' } }],
      },
    ],
    tools: [{ type: "function", function: { name: "look" } }],
  });
  expect(text.split("\n")).toEqual([
    "system",
    "Be brief.",
    "user",
    "What is this?",
    "assistant",
    "look",
    '{"at":1}',
    '[{"type":"function","function":{"name":"look"}}]',
  ]);
  expect(tokens).toBe(0);
});

it("of a response its instructions and input count, whichever way they are written", () => {
  expect(promptTextOf({ instructions: "Be brief.", input: "Hello" }).text).toBe("Be brief.\nHello");
  const content = [
    { type: "input_text", text: "Hello" },
    { type: "input_image", image_url: `data:image/png;base64,${BASE64}` },
    { type: "input_file", file_data: BASE64, filename: "a.pdf" },
  ];
  expect(promptTextOf({ input: [{ role: "user", content }] }).text).toBe("user\nHello\na.pdf");
});

it("of what is to be embedded texts and tokens count, however they are nested", () => {
  expect(promptTextOf({ input: ["one", "two"] })).toEqual({ text: "one\ntwo", tokens: 0 });
  expect(promptTextOf({ input: [[1, 2, 3], [4]] })).toEqual({ text: "", tokens: 4 });
});
