import { dialects, literal } from "./literal.ts";
import { type Place, question, type Snippet } from "./snippet.ts";

const text = dialects.php.text;
const place = (value: Place) => (typeof value === "string" ? text(value) : `getenv('${value.env}')`);

export const php: Snippet = {
  id: "php",
  name: "PHP",
  install: "composer require openai-php/client guzzlehttp/guzzle",
  file: "php/main.php",
  code: (input) => `<?php
require 'vendor/autoload.php';

$client = OpenAI::factory()->withBaseUri(${place(input.baseUrl)})->withApiKey(${place(input.apiKey)})->make();
$answer = $client->chat()->create([
    'model' => ${text(input.model)},
    'messages' => [['role' => 'user', 'content' => ${text(question)}]],
    'nemo_prompt_template_id' => ${text(input.template)},
    'nemo_prompt_variables' => ${literal(input.variables, dialects.php)},
]);
echo $answer->choices[0]->message->content, "\\n";`,
};
