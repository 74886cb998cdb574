import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.*;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.util.*;

public class Main {
    public static void main(String[] args) {
        OpenAIClient client = OpenAIOkHttpClient.builder()
            .baseUrl(System.getenv("NEMO_GATEWAY_URL"))
            .apiKey(System.getenv("NEMO_API_KEY"))
            .build();
        ChatCompletion answer = client.chat().completions().create(ChatCompletionCreateParams.builder()
            .model("nemo")
            .addUserMessage("Where is my order?")
            .putAdditionalBodyProperty("nemo_prompt_template_id", JsonValue.from("support-agent"))
            .putAdditionalBodyProperty("nemo_prompt_variables", JsonValue.from(Map.of("role", "a support agent")))
            .build());
        System.out.println(answer.choices().get(0).message().content().orElseThrow());
        client.close();
    }
}
