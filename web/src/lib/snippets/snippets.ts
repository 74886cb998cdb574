import { csharp } from "./csharp.ts";
import { curl } from "./curl.ts";
import { go } from "./go.ts";
import { java } from "./java.ts";
import { node } from "./node.ts";
import { php } from "./php.ts";
import { python } from "./python.ts";
import { ruby } from "./ruby.ts";
import { rust } from "./rust.ts";
import type { Snippet } from "./snippet.ts";

/** The same call in nine languages. */
export const snippets: Snippet[] = [python, node, curl, go, ruby, java, csharp, php, rust];
