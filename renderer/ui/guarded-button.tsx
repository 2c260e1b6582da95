import { ActionIcon, type ActionIconProps, Button, type ButtonProps, Tooltip } from '@mantine/core';
import type { MouseEvent, MouseEventHandler } from 'react';

type Guard = {
  /** Why it cannot be pressed now; it is then grey and says so on hover and focus. Null: it can. */
  readonly blocked: string | null;
  readonly onClick?: MouseEventHandler<HTMLButtonElement>;
};

/** What makes a button look and act as if it were disabled, and still take the focus, so that its reason can be read. */
function guarded({ blocked, onClick }: Guard) {
  return {
    ...(blocked === null ? {} : { 'data-disabled': true, 'aria-disabled': true }),
    onClick: (event: MouseEvent<HTMLButtonElement>) => {
      if (blocked === null) onClick?.(event);
      else event.preventDefault();
    },
  };
}

/** A button that says why it does nothing instead of failing after the click. */
export function GuardedButton({
  blocked,
  onClick,
  type = 'button',
  c,
  ...button
}: ButtonProps & Guard & { readonly type?: 'button' | 'submit'; readonly 'aria-label'?: string }) {
  return (
    <Tooltip label={blocked ?? ''} disabled={blocked === null} multiline maw={320}>
      <Button
        {...button}
        {...(c !== undefined && blocked === null ? { c } : {})}
        type={type}
        {...guarded({ blocked, ...(onClick ? { onClick } : {}) })}
      />
    </Tooltip>
  );
}

/** As `GuardedButton`, as an icon with its name on hover. */
export function GuardedIcon({ blocked, onClick, label, ...icon }: ActionIconProps & Guard & { readonly label: string }) {
  return (
    <Tooltip label={blocked ?? label} multiline maw={320}>
      <ActionIcon {...icon} aria-label={label} {...guarded({ blocked, ...(onClick ? { onClick } : {}) })} />
    </Tooltip>
  );
}
