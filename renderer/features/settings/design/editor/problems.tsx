import { Loader, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TemplateProblem } from '../../../../../electron/core/contract/index.ts';
import { formatNumber } from '../../../../lib/format.ts';
import { FormError } from '../../../../ui/form-error.tsx';
import classes from './editor.module.css';
import { problemText } from './problem-text.ts';

type Props = {
  readonly problems: readonly TemplateProblem[];
  /** Something was laid out already. */
  readonly known: boolean;
  /** What is shown belongs to the text as it is now. */
  readonly settled: boolean;
  readonly error: unknown;
  readonly onJump: (line: number, column: number) => void;
};

/** What is wrong with the text; a click goes there. */
export function Problems({ problems, known, settled, error, onJump }: Props) {
  const { t } = useTranslation('design');
  const sorted = [...problems].sort((one, other) => rank(one) - rank(other));
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  if (error !== null && error !== undefined) return <FormError error={error} />;
  return (
    <section className={classes['problems']} aria-label={t('problems.title')}>
      <div className={classes['problemsHead']} role="status">
        {!settled || !known ? (
          <>
            <Loader size={14} aria-hidden />
            {t('problems.checking')}
          </>
        ) : problems.length === 0 ? (
          <>
            <IconCircleCheck size={16} color="var(--mantine-color-green-text)" aria-hidden />
            {t('problems.none')}
          </>
        ) : (
          <>
            <SeverityIcon severity={errors > 0 ? 'error' : 'warning'} />
            {[
              ...(errors > 0 ? [t('problems.errors', { count: errors, shown: formatNumber(errors) })] : []),
              ...(warnings > 0 ? [t('problems.warnings', { count: warnings, shown: formatNumber(warnings) })] : []),
            ].join(' · ')}
          </>
        )}
      </div>
      {sorted.map((problem, index) => (
        <Problem key={index} problem={problem} onJump={onJump} />
      ))}
    </section>
  );
}

function Problem({ problem, onJump }: { readonly problem: TemplateProblem; readonly onJump: Props['onJump'] }) {
  const { t } = useTranslation('design');
  const { severity, line, column } = problem;
  const inside = (
    <>
      <SeverityIcon severity={severity} />
      <span className={classes['where']}>{line === null ? '' : t('problems.line', { line: formatNumber(line) })}</span>
      <span>{problemText(problem)}</span>
    </>
  );
  if (line === null) return <div className={classes['problem']}>{inside}</div>;
  return (
    <UnstyledButton className={classes['problem']} fz="xs" onClick={() => onJump(line, column ?? 1)}>
      {inside}
    </UnstyledButton>
  );
}

function SeverityIcon({ severity }: Pick<TemplateProblem, 'severity'>) {
  const { t } = useTranslation('design');
  return severity === 'error' ? (
    <IconCircleX size={15} color="var(--mantine-color-red-text)" aria-label={t('problems.error')} />
  ) : (
    <IconAlertTriangle size={15} color="var(--rd-warning-text)" aria-label={t('problems.warning')} />
  );
}

const rank = ({ severity, line }: TemplateProblem): number => (severity === 'error' ? 0 : 1e9) + (line ?? 1e8);
