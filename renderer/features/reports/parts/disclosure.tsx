import { Collapse, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from '../reports.module.css';

type Props = { readonly label: string; readonly open?: boolean; readonly children: ReactNode };

/** A part that is shown when asked for. */
export function Disclosure({ label, open = false, children }: Props) {
  const [opened, { toggle }] = useDisclosure(open);
  return (
    <div>
      <UnstyledButton className={classes['disclosure']} onClick={toggle} aria-expanded={opened}>
        <IconChevronRight size={14} aria-hidden data-open={opened} />
        {label}
      </UnstyledButton>
      <Collapse expanded={opened}>{opened && <div className={classes['disclosed']}>{children}</div>}</Collapse>
    </div>
  );
}
