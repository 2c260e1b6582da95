import type { ReactNode } from 'react';
import { CopyButton } from './copy-button.tsx';
import { visibleAddress } from './visible-text.ts';
import styles from './markdown.module.css';

/**
 * A link of a model's text: its words and its true address, as text. Nothing can be opened or fetched from here; a person who
 * wants the address copies it.
 */
export function LinkText({ address, text, children }: { address: string; text: string; children: ReactNode }) {
  const shown = visibleAddress(address);
  const same = text === address || `mailto:${text}` === address || `http://${text}` === address;
  const words = visibleAddress(text, text.length);
  return (
    <span className={styles['link']}>
      {same ? null : <span className={styles['linkText']}>{words === text ? children : words} </span>}
      <span className={styles['address']}>{same ? visibleAddress(text) : `(${shown})`}</span>
      <CopyButton value={address} label="copyLink" compact />
    </span>
  );
}
