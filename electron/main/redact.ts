const longest = 1000;

/**
 * Each rule replaces one thing a log must not hold. Redoubt's own messages are plain English, so that any other script
 * in them is somebody's content.
 */
const rules: readonly (readonly [RegExp, string])[] = [
  [/\b[A-Za-z][A-Za-z0-9+.-]*:\/\/[^\s"'`)]+/g, '<url>'],
  [/(["'`])(?:(?!\1).){24,}\1/g, '<text>'],
  [/(?<![A-Za-z0-9])(?:[A-Za-z]:)?(?:[\\/]+[^\\/\s"'`:,;()<>]+){2,}[\\/]?/g, '<path>'],
  [/[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}/g, '<mail>'],
  [/\b[0-9a-fA-F]{32,}\b/g, '<hex>'],
  [/[A-Za-z0-9+/_-]{40,}={0,2}/g, '<base64>'],
  [/\d[\d -]{6,}[\dXx]/g, '<number>'],
  [/[^\p{ASCII}…–—“”‘’→≤≥±×°]+/gu, '<text>'],
];

/**
 * A log line without paths, quoted text, addresses, long numbers, keys and anything not written in ASCII.
 * It errs on the side of taking out too much.
 *
 * @param appRoot folder of the application itself; paths below it are kept (as `app:…`), since they name our own code.
 */
export function redact(text: string, appRoot?: string): string {
  const line = text.slice(0, longest * 4);
  const clean = appRoot ? outsideOf(line, ownPath(appRoot), redactPart) : redactPart(line);
  return clean.length > longest ? `${clean.slice(0, longest)}…` : clean;
}

function redactPart(text: string): string {
  return rules.reduce((line, [pattern, replacement]) => line.replace(pattern, replacement), text);
}

/** Applies `change` between the matches of `pattern`, whose first group is kept as `app:…`. */
function outsideOf(text: string, pattern: RegExp, change: (part: string) => string): string {
  let clean = '';
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    clean += `${change(text.slice(end, match.index))}app:${match[1] ?? ''}`;
    end = match.index + match[0].length;
  }
  return clean + change(text.slice(end));
}

function ownPath(appRoot: string): RegExp {
  return new RegExp(`(?:file://)?${escape(appRoot)}[\\\\/]([A-Za-z0-9_./\\\\@:-]*)`, 'g');
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
