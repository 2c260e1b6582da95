import { Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './status-badge.module.css';

export type Tone = 'neutral' | 'active' | 'good' | 'warning' | 'bad';

/** A state in a word; the word carries the meaning, the colour only helps. */
export function StatusBadge({
  tone,
  busy = false,
  children,
}: {
  readonly tone: Tone;
  readonly busy?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <span className={classes['badge']} data-tone={tone}>
      {busy ? <Loader size={9} color="var(--badge)" aria-hidden /> : <span className={classes['dot']} aria-hidden />}
      <span className={classes['label']}>{children}</span>
    </span>
  );
}
