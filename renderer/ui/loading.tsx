import { Skeleton, Stack, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Grey lines in place of what is on its way. */
export function Loading({ lines = 6 }: { readonly lines?: number }) {
  const { t } = useTranslation('common');
  return (
    <Stack p="md" gap="sm" role="status" aria-busy>
      <VisuallyHidden>{t('loading')}</VisuallyHidden>
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} height={18} width={line === 0 ? '30%' : `${96 - ((line * 13) % 30)}%`} />
      ))}
    </Stack>
  );
}
