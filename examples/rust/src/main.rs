use async_openai::{config::OpenAIConfig, Client};
use serde_json::{json, Value};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let config = OpenAIConfig::new()
        .with_api_base(std::env::var("NEMO_GATEWAY_URL")?)
        .with_api_key(std::env::var("NEMO_API_KEY")?);
    let body = json!({
      "model": "nemo",
      "messages": [
        {
          "role": "user",
          "content": "Where is my order?"
        }
      ],
      "nemo_prompt_template_id": "support-agent",
      "nemo_prompt_variables": {
        "role": "a support agent"
      }
    });
    let answer: Value = Client::with_config(config).chat().create_byot(body).await?;
    println!("{}", answer["choices"][0]["message"]["content"].as_str().unwrap_or_default());
    Ok(())
}
