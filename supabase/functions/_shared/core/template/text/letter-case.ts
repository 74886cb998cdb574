export const UPPERCASE = /\p{Uppercase}/u;
export const LOWERCASE = /\p{Lowercase}/u;
export const TITLECASE = /\p{Lt}/u;

/** `str.islower()` */
export function isLower(text: string): boolean {
  return LOWERCASE.test(text) && !UPPERCASE.test(text) && !TITLECASE.test(text);
}

/** `str.isupper()` */
export function isUpper(text: string): boolean {
  return UPPERCASE.test(text) && !LOWERCASE.test(text) && !TITLECASE.test(text);
}
