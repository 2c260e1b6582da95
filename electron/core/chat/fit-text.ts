/** Tokens of a text, as the model that will read it counts. */
export type CountTokens = (text: string) => Promise<number>;

/** No tokenizer puts more characters than this into a token on average; longer texts need not be counted to be known too long. */
const charactersPerToken = 16;

/** The longest beginning of `text` of at most `budget` tokens, ended at a line or word where one is near. */
export async function fitText(text: string, budget: number, count: CountTokens): Promise<{ text: string; tokens: number }> {
  if (budget <= 0 || text === '') return { text: '', tokens: 0 };
  let candidate = text.slice(0, budget * charactersPerToken);
  let tokens = await count(candidate);
  while (tokens > budget && candidate !== '') {
    // A little below proportion, so that a few rounds are enough.
    candidate = cutNear(candidate, Math.floor(((candidate.length * budget) / tokens) * 0.97));
    tokens = await count(candidate);
  }
  return candidate.length === text.length ? { text, tokens } : { text: candidate, tokens };
}

/** At most `length` characters, never half a surrogate pair, preferably whole lines or words (within the last tenth). */
function cutNear(text: string, length: number): string {
  const cut = text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');
  const floor = Math.floor(cut.length * 0.9);
  const end = Math.max(cut.lastIndexOf('\n'), cut.lastIndexOf(' '));
  return end > floor ? cut.slice(0, end) : cut;
}

/** Divides `budget` among needs: small needs are met in full, the others get equal shares of what is left. */
export function shareOut(budget: number, needs: readonly number[]): number[] {
  const shares = needs.map(() => 0);
  let left = Math.max(0, budget);
  const byNeed = needs.map((need, index) => ({ need, index })).toSorted((a, b) => a.need - b.need);
  for (const [done, { need, index }] of byNeed.entries()) {
    const share = Math.min(need, Math.floor(left / (byNeed.length - done)));
    shares[index] = share;
    left -= share;
  }
  return shares;
}
