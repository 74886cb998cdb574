import { dialects, literal } from "./literal.ts";
import { placeIn, question, quoted, type Snippet } from "./snippet.ts";

const place = placeIn((name) => `os.Getenv("${name}")`);

export const go: Snippet = {
  id: "go",
  name: "Go",
  install: "go get github.com/openai/openai-go/v3",
  file: "go/main.go",
  code: (input) => `package main

import (
	"context"
	"fmt"
	"log"
${typeof input.apiKey === "string" ? "" : '	"os"\n'}
	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"
)

func main() {
	client := openai.NewClient(option.WithBaseURL(${place(input.baseUrl)}), option.WithAPIKey(${place(input.apiKey)}))
	answer, err := client.Chat.Completions.New(context.Background(), openai.ChatCompletionNewParams{
		Model:    ${quoted(input.model)},
		Messages: []openai.ChatCompletionMessageParamUnion{openai.UserMessage(${quoted(question)})},
	},
		option.WithJSONSet("nemo_prompt_template_id", ${quoted(input.template)}),
		option.WithJSONSet("nemo_prompt_variables", ${literal(input.variables, dialects.go)}))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(answer.Choices[0].Message.Content)
}`,
};
