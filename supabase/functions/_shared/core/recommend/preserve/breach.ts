/** Why a rewrite may not stand for its original: a code for programs, a sentence for people and for the model that tries again. */
export interface Breach {
  readonly code:
    | "messages_changed"
    | "syntax_error"
    | "tags_changed"
    | "number_lost"
    | "number_added"
    | "quotation_lost"
    | "quotation_added"
    | "url_lost"
    | "url_added"
    | "rule_lost"
    | "rule_taken_back"
    | "demand_lost"
    | "demand_added"
    | "role_changed"
    | "order_changed"
    | "meaning_lost"
    | "hidden_characters"
    | "speaks_to_graders";
  readonly message: string;
}

/** Whatever of one place may not come or go; `where` names the message. */
export type Comparison<Text> = (before: Text, after: Text, where: string) => Breach[];
