package main

import (
	"context"
	"fmt"
	"log"
	"os"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"
)

func main() {
	client := openai.NewClient(option.WithBaseURL(os.Getenv("NEMO_GATEWAY_URL")), option.WithAPIKey(os.Getenv("NEMO_API_KEY")))
	answer, err := client.Chat.Completions.New(context.Background(), openai.ChatCompletionNewParams{
		Model:    "nemo",
		Messages: []openai.ChatCompletionMessageParamUnion{openai.UserMessage("Where is my order?")},
	},
		option.WithJSONSet("nemo_prompt_template_id", "support-agent"),
		option.WithJSONSet("nemo_prompt_variables", map[string]any{"role": "a support agent"}))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(answer.Choices[0].Message.Content)
}
