<?php
require 'vendor/autoload.php';

$client = OpenAI::factory()->withBaseUri(getenv('NEMO_GATEWAY_URL'))->withApiKey(getenv('NEMO_API_KEY'))->make();
$answer = $client->chat()->create([
    'model' => "nemo",
    'messages' => [['role' => 'user', 'content' => "Where is my order?"]],
    'nemo_prompt_template_id' => "support-agent",
    'nemo_prompt_variables' => ["role" => "a support agent"],
]);
echo $answer->choices[0]->message->content, "\n";
