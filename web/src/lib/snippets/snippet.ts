/** The address or the key: as it is, or the variable of the environment that holds it. */
export type Place = string | { env: string };

export type SnippetInput = {
  baseUrl: Place;
  /** A placeholder until a key has just been made. */
  apiKey: Place;
  template: string;
  /** "nemo" leaves the choice to the version; a name is for versions that leave it to the caller. */
  model: string;
  /** Any JSON, as each language writes it. */
  variables: Record<string, unknown>;
};

/** A whole program, to be pasted into a file. The same programs are in examples/, where each of them is run. */
export type Snippet = {
  id: string;
  name: string;
  install: string;
  /** Where it stands in examples/. */
  file: string;
  code: (input: SnippetInput) => string;
};

export const question = "Where is my order?";

export const quoted = (value: unknown) => JSON.stringify(value);

/** Writes places for a language that reads its environment like this. */
export const placeIn =
  (read: (variable: string) => string) =>
  (place: Place): string =>
    typeof place === "string" ? quoted(place) : read(place.env);

export const bodyOf = ({ model, template, variables }: SnippetInput) => ({
  model,
  messages: [{ role: "user", content: question }],
  nemo_prompt_template_id: template,
  nemo_prompt_variables: variables,
});
