/** A value as text in Markdown: none of it is markup, and it stays on its line. */
export function escapeMarkdown(value: unknown): string {
  return plain(value)
    .replace(/\s+/g, ' ')
    .replace(/[!-/:-@[-`{-~]/g, '\\$&');
}

function plain(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
