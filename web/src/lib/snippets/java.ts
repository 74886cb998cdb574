import { dialects, literal } from "./literal.ts";
import { placeIn, question, quoted, type Snippet } from "./snippet.ts";

const place = placeIn((name) => `System.getenv("${name}")`);

export const java: Snippet = {
  id: "java",
  name: "Java",
  install: 'implementation("com.openai:openai-java")',
  file: "java/src/main/java/Main.java",
  code: (input) => `import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.*;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.util.*;

public class Main {
    public static void main(String[] args) {
        OpenAIClient client = OpenAIOkHttpClient.builder()
            .baseUrl(${place(input.baseUrl)})
            .apiKey(${place(input.apiKey)})
            .build();
        ChatCompletion answer = client.chat().completions().create(ChatCompletionCreateParams.builder()
            .model(${quoted(input.model)})
            .addUserMessage(${quoted(question)})
            .putAdditionalBodyProperty("nemo_prompt_template_id", JsonValue.from(${quoted(input.template)}))
            .putAdditionalBodyProperty("nemo_prompt_variables", JsonValue.from(${literal(input.variables, dialects.java)}))
            .build());
        System.out.println(answer.choices().get(0).message().content().orElseThrow());
        client.close();
    }
}`,
};
