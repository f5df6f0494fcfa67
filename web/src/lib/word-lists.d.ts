declare module '@zxcvbn-ts/language-fr/dist/wordSequences.json.mjs' {
  const lists: Record<string, string[]>;
  export default lists;
}
declare module '@zxcvbn-ts/language-fr/dist/*.json.mjs' {
  const words: string[];
  export default words;
}
