import { Group, Stack, Text, Title } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

type Props = { readonly icon: Icon; readonly title: string; readonly children?: ReactNode; readonly actions?: ReactNode };

/** Nothing here yet: why, and what to do first. */
export function EmptyState({ icon: Icon, title, children, actions }: Props) {
  return (
    <Stack align="center" justify="center" gap="xs" p="xl" mih={280} flex={1}>
      <Icon size={38} stroke={1.2} color="var(--rd-dimmed)" aria-hidden />
      <Title order={2}>{title}</Title>
      {children !== undefined && (
        <Text component="div" c="dimmed" ta="center" maw={520}>
          {children}
        </Text>
      )}
      {actions !== undefined && (
        <Group mt="sm" justify="center">
          {actions}
        </Group>
      )}
    </Stack>
  );
}
