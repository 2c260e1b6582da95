const apple = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);

export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** Whether a key press is `keys`, written like `mod+shift+z`, `alt+ArrowLeft`, `?`. `mod` is Cmd on Apple keyboards, else Ctrl. */
export function matches(keys: string, press: KeyPress, onApple = apple): boolean {
  const parts = keys === '+' ? ['+'] : keys.split('+');
  const key = parts.at(-1) ?? '';
  const mod = onApple ? press.metaKey : press.ctrlKey;
  const other = onApple ? press.ctrlKey : press.metaKey;
  if (other || mod !== parts.includes('mod') || press.altKey !== parts.includes('alt')) return false;
  // Signs such as `?` need Shift on one keyboard and not on another, so the sign itself is what counts.
  const sign = key.length === 1 && !/[a-z]/i.test(key);
  return (sign || press.shiftKey === parts.includes('shift')) && press.key.toLowerCase() === key.toLowerCase();
}

const names: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Delete: 'Del',
};

/** The keys as this keyboard names them: `Ctrl+Shift+Z`, `⇧⌘Z`. */
export function keyNames(keys: string, onApple = apple): string {
  const parts = (keys === '+' ? ['+'] : keys.split('+')).map((part) => {
    if (part === 'mod') return onApple ? '⌘' : 'Ctrl';
    if (part === 'shift') return onApple ? '⇧' : 'Shift';
    if (part === 'alt') return onApple ? '⌥' : 'Alt';
    return names[part] ?? (part.length === 1 ? part.toUpperCase() : part);
  });
  return parts.join(onApple ? '' : '+');
}
