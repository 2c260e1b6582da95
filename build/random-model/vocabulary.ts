export const chatTemplate =
  "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}";
export const controlTokens = ['<|endoftext|>', '<|im_start|>', '<|im_end|>'];

export type Vocabulary = { tokens: readonly string[]; merges: readonly string[] };

/** The printable stand-in of each byte in byte-level tokenizers, in byte order (GPT-2 `bytes_to_unicode`). */
export function byteAlphabet(): string[] {
  const isPrintable = (byte: number) => (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(isPrintable(byte) ? byte : next++));
}

/**
 * `size` tokens: every byte, then merges of two, three and four small letters (with and without a space before them), at last the
 * control tokens. It splits English text into pieces of about the usual length.
 */
export function letterVocabulary(size: number): Vocabulary {
  const letters = Array.from({ length: 26 }, (_, i) => String.fromCharCode(97 + i));
  const tokens = byteAlphabet();
  const merges: string[] = [];
  let starts = ['Ġ', ...letters];
  while (tokens.length < size - controlTokens.length) {
    const longer: string[] = [];
    for (const start of starts) {
      for (const letter of letters) {
        if (tokens.length === size - controlTokens.length) return { tokens: [...tokens, ...controlTokens], merges };
        longer.push(start + letter);
        tokens.push(start + letter);
        merges.push(`${start} ${letter}`);
      }
    }
    starts = longer;
  }
  return { tokens: [...tokens, ...controlTokens], merges };
}
