import { Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ReportKind } from '../../../../electron/core/contract/index.ts';
import { caseKinds, kindIcons, vaultKinds } from '../any-report.ts';
import classes from '../reports.module.css';

type Props = { readonly ofCases: boolean; readonly ofVault: boolean; readonly onChoose: (kind: ReportKind) => void };

/** Every kind of report the person may make, with a sentence about what it shows. */
export function KindCards({ ofCases, ofVault, onChoose }: Props) {
  const { t } = useTranslation('reports');
  return (
    <Stack gap="md">
      {ofCases && <Group title={t('make.ofCases')} kinds={caseKinds} onChoose={onChoose} />}
      {ofVault && <Group title={t('make.ofVault')} kinds={vaultKinds} onChoose={onChoose} />}
    </Stack>
  );
}

type GroupProps = { readonly title: string; readonly kinds: readonly ReportKind[]; readonly onChoose: (kind: ReportKind) => void };

function Group({ title, kinds, onChoose }: GroupProps) {
  const { t } = useTranslation('reports');
  return (
    <section aria-label={title}>
      <Title order={3} fz="sm" mb="xs">
        {title}
      </Title>
      <div className={classes['kinds']}>
        {kinds.map((kind) => {
          const Icon = kindIcons[kind];
          return (
            <UnstyledButton
              key={kind}
              className={classes['kind']}
              onClick={() => onChoose(kind)}
              aria-label={t(`kinds.${kind}.name`)}
              aria-describedby={`kind-${kind}`}
            >
              <Icon size={20} stroke={1.6} aria-hidden />
              <div>
                <Text fw={600}>{t(`kinds.${kind}.name`)}</Text>
                <Text fz="xs" c="dimmed" id={`kind-${kind}`}>
                  {t(`kinds.${kind}.about`)}
                </Text>
              </div>
            </UnstyledButton>
          );
        })}
      </div>
    </section>
  );
}
