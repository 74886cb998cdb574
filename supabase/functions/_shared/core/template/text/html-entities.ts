/*
 * The named characters of HTML 4. In these lists a name is followed by its character, which is never an
 * ASCII letter or digit, so nothing else needs to separate them.
 */

function named(list: string): [string, string][] {
  return Array.from(list.matchAll(/([A-Za-z]+\d*)(\W)/gu), ([, name = "", character = ""]) => [
    name,
    character,
  ]);
}

/** Names that count without a semicolon too; letters with accents are composed instead of listed. */
const LEGACY = new Map(
  named(
    'amp&AMP&lt<LT<gt>GT>quot"QUOT"COPY©REG®nbsp\xa0iexcl¡cent¢pound£curren¤yen¥brvbar¦sect§uml¨copy©ordfªlaquo«not¬' +
      "shy\xadreg®macr¯deg°plusmn±sup2²sup3³acute´microµpara¶middot·cedil¸sup1¹ordmºraquo»frac14¼frac12½frac34¾iquest¿" +
      "AEligÆETHÐtimes×OslashØTHORNÞszligßaeligæethðdivide÷oslashøthornþ",
  ),
);

/** Names that need their semicolon. */
const OTHERS = new Map(
  named(
    "OEligŒoeligœScaronŠscaronšYumlŸfnofƒcircˆtilde˜thetasymϑupsihϒpivϖensp\u2002emsp\u2003thinsp\u2009zwnj\u200czwj\u200d" +
      "lrm\u200erlm\u200fndash–mdash—lsquo‘rsquo’sbquo‚ldquo“rdquo”bdquo„dagger†Dagger‡bull•hellip…permil‰prime′Prime″" +
      "lsaquo‹rsaquo›oline‾frasl⁄euro€imageℑweierp℘realℜtrade™alefsymℵlarr←uarr↑rarr→darr↓harr↔crarr↵lArr⇐uArr⇑rArr⇒dArr⇓hArr⇔forall∀part∂exist∃" +
      "empty∅nabla∇isin∈notin∉ni∋prod∏sum∑minus−lowast∗radic√prop∝infin∞ang∠and∧or∨cap∩cup∪int∫there4∴sim∼cong≅asymp≈" +
      "ne≠equiv≡le≤ge≥sub⊂sup⊃nsub⊄sube⊆supe⊇oplus⊕otimes⊗perp⊥sdot⋅lceil⌈rceil⌉lfloor⌊rfloor⌋lang⟨rang⟩loz◊spades♠clubs♣hearts♥diams♦apos'",
  ),
);

/** `eacute` is an e and this. */
const ACCENTS = new Map(named("grave\u0300acute\u0301circ\u0302tilde\u0303uml\u0308ring\u030acedil\u0327"));

/** Small letters; each has a capital of the same name but the sigma that ends words. */
const GREEK =
  "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigmaf sigma tau upsilon phi " +
  "chi psi omega";

function greekLetter(name: string): string | undefined {
  const small = name.charAt(0).toLowerCase() + name.slice(1);
  const index = GREEK.split(" ").indexOf(small);
  if (index < 0 || name === "Sigmaf") return undefined;
  const letter = String.fromCharCode(0x3b1 + index);
  return name === small ? letter : letter.toUpperCase();
}

/** What a name stands for that counts without a semicolon too. */
export function legacyEntity(name: string): string | undefined {
  const accent = ACCENTS.get(name.slice(1));
  const letter = accent ? (name.charAt(0) + accent).normalize("NFC") : "";
  return letter.length === 1 && letter < "\u0100" ? letter : LEGACY.get(name);
}

/** What a name stands for that is followed by a semicolon. */
export function entity(name: string): string | undefined {
  return legacyEntity(name) ?? OTHERS.get(name) ?? greekLetter(name);
}
