import { Anchor, Button, Group, Select, Table, Text } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportTemplate } from '../../../../electron/core/contract/index.ts';
import { languageNames } from '../../../lib/i18n.ts';
import { formatHash } from '../../../lib/route.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { Time } from '../../../ui/time.tsx';
import { reportKinds } from '../../reports/any-report.ts';
import { SettingsCard, WideTable } from '../settings-section.tsx';
import { templatesQuery } from './queries.ts';
import { useRemoveTemplate } from './use-remove-template.tsx';

/** What puts the sections of a report in order; those of Redoubt are there to be copied. */
export function TemplatesCard() {
  const { t } = useTranslation(['design', 'reports']);
  const templates = useQuery(templatesQuery());
  const [kind, setKind] = useState('');
  const shown = (templates.data ?? []).filter((one) => kind === '' || one.kind === kind);
  // One's own first: the others are always there.
  const sorted = [...shown.filter(({ builtIn }) => !builtIn), ...shown.filter(({ builtIn }) => builtIn)];
  return (
    <SettingsCard
      title={t('templates.title')}
      lead={t('templates.lead')}
      actions={
        <Select
          w={190}
          aria-label={t('templates.kind')}
          allowDeselect={false}
          value={kind}
          data={[
            { value: '', label: t('reports:list.anyKind') },
            ...reportKinds.map((value) => ({ value, label: t(`reports:kinds.${value}.name`) })),
          ]}
          onChange={(value) => setKind(value ?? '')}
        />
      }
    >
      {templates.isPending && <Loading lines={5} />}
      {templates.isError && <ErrorState error={templates.error} onRetry={() => void templates.refetch()} />}
      {templates.data && (
        <WideTable>
          <Table aria-label={t('templates.title')} miw={640}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('templates.name')}</Table.Th>
                <Table.Th>{t('reports:columns.kind')}</Table.Th>
                <Table.Th>{t('reports:columns.language')}</Table.Th>
                <Table.Th>{t('templates.changed')}</Table.Th>
                <Table.Th aria-label={t('templates.actions')} />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {sorted.map((template) => (
                <TemplateRow key={template.id} template={template} />
              ))}
            </Table.Tbody>
          </Table>
        </WideTable>
      )}
    </SettingsCard>
  );
}

function TemplateRow({ template }: { readonly template: ReportTemplate }) {
  const { t } = useTranslation(['design', 'reports', 'common']);
  const { id, name, kind, language, builtIn, changedAt, changedBy } = template;
  const remove = useRemoveTemplate(template);
  return (
    <Table.Tr>
      <Table.Td>
        <Anchor href={formatHash('settings', ['design', id])} fz="sm" c="inherit" fw={550}>
          {name}
        </Anchor>
      </Table.Td>
      <Table.Td>{t(`reports:kinds.${kind}.name`)}</Table.Td>
      <Table.Td>{languageNames[language]}</Table.Td>
      <Table.Td>
        {builtIn || changedAt === null ? (
          <StatusBadge tone="neutral">{t('templates.builtIn')}</StatusBadge>
        ) : (
          <Text fz="xs">
            <Time at={changedAt} />
            {changedBy !== null && ` · ${changedBy}`}
          </Text>
        )}
      </Table.Td>
      <Table.Td ta="right">
        <Group gap={4} justify="flex-end" wrap="nowrap">
          <Button
            component="a"
            href={formatHash('settings', ['design', 'new'], { from: id })}
            variant="subtle"
            leftSection={<IconCopy size={15} aria-hidden />}
            aria-label={t('templates.copyNamed', { name, language: languageNames[language] })}
          >
            {t('templates.copy')}
          </Button>
          {!builtIn && (
            <Button
              variant="subtle"
              color="red"
              loading={remove.busy}
              onClick={remove.ask}
              aria-label={t('templates.removeNamed', { name })}
            >
              {t('common:remove')}
            </Button>
          )}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
