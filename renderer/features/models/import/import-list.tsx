import { Button, CloseButton, Group, Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { describe } from '../../../lib/errors.ts';
import { formatBytes, formatDuration } from '../../../lib/format.ts';
import { type ModelImport, dismissModelImport, useModelImports } from '../imports.ts';
import { ModelFacts } from '../list/model-facts.tsx';
import classes from '../models.module.css';

/** Models on their way in: what the header says, then the hash with rate and time left. */
export function ImportList() {
  const imports = useModelImports((store) => store.imports);
  return imports.map((one) => <ImportRow key={one.id} one={one} />);
}

function ImportRow({ one }: { readonly one: ModelImport }) {
  const { t } = useTranslation(['models', 'common']);
  const ended = one.stage === 'done' || one.stage === 'failed';
  return (
    <section className={classes['import']} aria-label={t('import.of', { name: one.name })}>
      <Group gap="sm" wrap="nowrap" mb={ended ? 0 : 6}>
        <Text fw={600} truncate>
          {one.name}
        </Text>
        <Text c={one.stage === 'failed' ? 'red' : 'dimmed'} fz="xs" flex={1} role={one.stage === 'failed' ? 'alert' : 'status'}>
          {one.failure && describe(one.failure)}
          {one.result && t(one.result.duplicate ? 'import.duplicate' : 'import.done', { name: one.result.model.displayName })}
          {!ended && t(`import.stage.${one.stage}`)}
        </Text>
        {ended ? (
          <CloseButton size="sm" aria-label={t('common:close')} onClick={() => dismissModelImport(one.id)} />
        ) : (
          <Button variant="subtle" size="compact-sm" onClick={() => dismissModelImport(one.id)}>
            {t('common:cancel')}
          </Button>
        )}
      </Group>
      {!ended && <ImportProgress one={one} />}
      {one.header && one.memory && !ended && <ModelFacts header={one.header} memory={one.memory} />}
    </section>
  );
}

function ImportProgress({ one }: { readonly one: ModelImport }) {
  const { t } = useTranslation('models');
  const { rate } = one;
  return (
    <Group gap="sm" wrap="nowrap" mb={4}>
      <Progress
        flex={1}
        size={6}
        value={one.totalBytes > 0 ? (one.bytes / one.totalBytes) * 100 : 0}
        aria-label={t(`import.stage.${one.stage}`)}
      />
      <Text fz="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
        {formatBytes(one.bytes)} / {formatBytes(one.totalBytes)}
        {rate !== null &&
          ` · ${formatBytes(rate)}/s · ${t('import.left', { time: formatDuration(((one.totalBytes - one.bytes) / rate) * 1000) })}`}
      </Text>
    </Group>
  );
}
