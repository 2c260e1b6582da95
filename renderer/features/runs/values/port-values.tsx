import { ActionIcon, CopyButton, Group, Stack, Table, Text, Title, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Json } from '../../../../electron/core/contract/base.ts';
import { JsonTree, TextBlock } from './json-tree.tsx';
import classes from './values.module.css';

type Values = Readonly<Record<string, Json>>;

/** Values by port name, each in the form that suits it: text as text, flat records as a table, the rest as a tree. */
export function PortValues({ values, empty }: { readonly values: Values; readonly empty: string }) {
  const { t } = useTranslation(['runs', 'flows']);
  const entries = Object.entries(values);
  if (entries.length === 0) {
    return (
      <Text fz="xs" c="dimmed">
        {empty}
      </Text>
    );
  }
  return (
    <Stack gap="sm">
      {entries.map(([port, value]) => {
        const name = t(`flows:ports.names.${port}`, { defaultValue: port });
        return (
          <section key={port}>
            <Group justify="space-between" gap={4} wrap="nowrap">
              <Title order={4} fz="xs" c="dimmed">
                {name}
              </Title>
              <CopyValue value={value} name={name} />
            </Group>
            <Value value={value} label={name} />
          </section>
        );
      })}
    </Stack>
  );
}

function Value({ value, label }: { readonly value: Json; readonly label: string }) {
  if (typeof value === 'string') return <TextBlock text={value} label={label} />;
  if (isRecord(value) && Object.keys(value).length > 0 && Object.values(value).every(isScalar))
    return <RecordTable record={value} label={label} />;
  return (
    <div className={classes['tree']}>
      <JsonTree value={value} />
    </div>
  );
}

/** Extracted fields side by side with their values. A value that is missing is said to be, not left blank. */
function RecordTable({ record, label }: { readonly record: Values; readonly label: string }) {
  const { t } = useTranslation('runs');
  return (
    <Table aria-label={label} withTableBorder verticalSpacing={4}>
      <Table.Tbody>
        {Object.entries(record).map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Th fw={550} w="38%" style={{ overflowWrap: 'anywhere', verticalAlign: 'top' }}>
              {name}
            </Table.Th>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>
              {value === null || value === '' ? (
                <Text component="span" fz="sm" c="dimmed">
                  {t('values.none')}
                </Text>
              ) : typeof value === 'string' ? (
                <JsonTree value={value} />
              ) : (
                String(value)
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function CopyValue({ value, name }: { readonly value: Json; readonly name: string }) {
  const { t } = useTranslation('runs');
  return (
    <CopyButton value={typeof value === 'string' ? value : JSON.stringify(value, null, 2)} timeout={1500}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? t('values.copied') : t('values.copy', { name })}>
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('values.copy', { name })} onClick={copy}>
            {copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}

const isScalar = (value: Json): boolean => typeof value !== 'object' || value === null;
const isRecord = (value: Json): value is Record<string, Json> => typeof value === 'object' && value !== null && !Array.isArray(value);
