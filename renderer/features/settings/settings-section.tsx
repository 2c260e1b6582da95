import { Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './settings.module.css';

type Props = { readonly title: string; readonly lead?: ReactNode; readonly actions?: ReactNode; readonly children: ReactNode };

/** One section of the settings: its name, a line about it, its actions, then its cards. */
export function SettingsSection({ title, lead, actions, children }: Props) {
  return (
    <div className={classes['section']}>
      <div className={classes['head']}>
        <div>
          <Title order={2} fz={18}>
            {title}
          </Title>
          {lead !== undefined && (
            <Text c="dimmed" mt={4} maw={680}>
              {lead}
            </Text>
          )}
        </div>
        {actions}
      </div>
      {children}
    </div>
  );
}

/** A framed part of a section. */
export function SettingsCard({ title, lead, actions, children }: Omit<Props, 'children'> & { readonly children?: ReactNode }) {
  const id = useId();
  return (
    <section className={classes['card']} aria-labelledby={id}>
      <div className={classes['head']}>
        <div>
          <Title order={3} id={id}>
            {title}
          </Title>
          {lead !== undefined && (
            <Text c="dimmed" mt={2} maw={680}>
              {lead}
            </Text>
          )}
        </div>
        {actions}
      </div>
      {children}
    </section>
  );
}

/** A table that scrolls sideways in a narrow window instead of the page. */
export function WideTable({ children }: { readonly children: ReactNode }) {
  return <div className={classes['wide']}>{children}</div>;
}
