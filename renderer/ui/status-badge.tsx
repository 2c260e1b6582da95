import { Badge, Loader } from '@mantine/core';
import type { ReactNode } from 'react';

export type Tone = 'neutral' | 'active' | 'good' | 'warning' | 'bad';

const colours: Readonly<Record<Tone, string>> = { neutral: 'gray', active: 'petrol', good: 'green', warning: 'yellow', bad: 'red' };

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
    <Badge
      color={colours[tone]}
      variant="light"
      radius="sm"
      tt="none"
      fw={550}
      fz={12}
      leftSection={busy ? <Loader size={10} color="currentColor" aria-hidden /> : null}
    >
      {children}
    </Badge>
  );
}
