import { Kbd } from '@mantine/core';

const apple = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** The modifier as this machine's keyboard names it. */
export const modKey = apple ? '⌘' : 'Ctrl+';

/** A keyboard shortcut, drawn as keys. */
export function KeyHint({ keys }: { readonly keys: string }) {
  return <Kbd size="xs">{keys}</Kbd>;
}
