import { bodyOf, type Place, type Snippet } from "./snippet.ts";

const place = (value: Place) =>
  typeof value === "string" ? JSON.stringify(value) : `std::env::var("${value.env}")?`;

export const rust: Snippet = {
  id: "rust",
  name: "Rust",
  install:
    "cargo add async-openai --features byot,chat-completion && cargo add serde_json && cargo add tokio --features macros,rt-multi-thread",
  file: "rust/src/main.rs",
  code: (input) => `use async_openai::{config::OpenAIConfig, Client};
use serde_json::{json, Value};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let config = OpenAIConfig::new()
        .with_api_base(${place(input.baseUrl)})
        .with_api_key(${place(input.apiKey)});
    let body = json!(${JSON.stringify(bodyOf(input), null, 2).replaceAll("\n", "\n    ")});
    let answer: Value = Client::with_config(config).chat().create_byot(body).await?;
    println!("{}", answer["choices"][0]["message"]["content"].as_str().unwrap_or_default());
    Ok(())
}`,
};
