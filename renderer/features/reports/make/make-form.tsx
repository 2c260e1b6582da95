import { Alert, Button, Group, Loader, Text, Title } from '@mantine/core';
import { IconArrowLeft, IconFileCertificate, IconUsb } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChosenCase, useCases } from '../../../lib/cases.ts';
import { formatDuration } from '../../../lib/format.ts';
import { useReportLanguage } from '../../../lib/report-language.ts';
import { useNow } from '../../../lib/use-now.ts';
import { FormError } from '../../../ui/form-error.tsx';
import { signingQuery } from '../../settings/signing/queries.ts';
import { useLockedToken } from '../../settings/signing/token-pin.ts';
import { PasswordField } from '../../vault/password/password-field.tsx';
import { type AnyReport, kindIcons } from '../any-report.ts';
import { Choices } from './choices.tsx';
import { dayOf, type Draft, missingOf, requestOf } from './draft.ts';
import { StyleFields } from './style-fields.tsx';
import { useMake } from './use-make.ts';

export type Start = Pick<Draft, 'kind'> & Partial<Draft>;

type Props = {
  readonly start: Start;
  readonly onBack: (() => void) | null;
  readonly onCancel: () => void;
  readonly onMade: (report: AnyReport) => void;
};

/** What one report is about and how it looks; then it is made. */
export function MakeForm({ start, onBack, onCancel, onMade }: Props) {
  const { t } = useTranslation(['reports', 'common']);
  const [draft, change] = useDraft(start);
  const [pin, setPin] = useState('');
  const signing = useQuery(signingQuery());
  const make = useMake(onMade);
  const locked = useLockedToken(signing.data);
  const asksPin = locked !== null;
  const missing = missingOf(draft);
  const request = requestOf(draft);
  const Icon = kindIcons[draft.kind];
  const fixed = start.runIds !== undefined || (start.kind === 'case' && start.caseId !== undefined);
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (request && !make.isPending && !(asksPin && pin === '')) make.mutate({ request, pin: asksPin ? pin : null });
      }}
    >
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <Icon size={22} stroke={1.6} aria-hidden style={{ flex: 'none', marginTop: 2 }} />
        <div>
          <Title order={3}>{t(`kinds.${draft.kind}.name`)}</Title>
          <Text fz="xs" c="dimmed">
            {t(`kinds.${draft.kind}.about`)}
          </Text>
        </div>
      </Group>
      {!fixed && <Choices draft={draft} onChange={change} />}
      <StyleFields draft={draft} onChange={change} />
      {asksPin && (
        <Alert color="gray" icon={<IconUsb size={18} aria-hidden />} title={t('make.tokenSigns', { name: locked.label })}>
          <PasswordField
            label={t('make.pin')}
            description={t('make.pinHint')}
            autoComplete="off"
            inputMode="numeric"
            required
            value={pin}
            onChange={(event) => setPin(event.currentTarget.value)}
          />
        </Alert>
      )}
      <FormError error={make.error} />
      {make.isPending && <Progress since={make.submittedAt} />}
      <Group justify="space-between" gap="xs">
        {onBack ? (
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconArrowLeft size={16} aria-hidden />}
            onClick={onBack}
            disabled={make.isPending}
          >
            {t('make.otherKind')}
          </Button>
        ) : (
          <span />
        )}
        <Group gap="xs">
          <Button variant="default" onClick={onCancel}>
            {t(make.isPending ? 'common:close' : 'common:cancel')}
          </Button>
          <Button
            type="submit"
            leftSection={<IconFileCertificate size={16} aria-hidden />}
            loading={make.isPending}
            disabled={missing !== null || (asksPin && pin === '')}
          >
            {t('make.submit')}
          </Button>
        </Group>
      </Group>
    </form>
  );
}

function useDraft(start: Start): [Draft, (change: Partial<Draft>) => void] {
  const language = useReportLanguage();
  const chosen = useChosenCase()?.id ?? null;
  const cases = useCases();
  const [changes, setChanges] = useState<Partial<Draft>>({});
  const [today] = useState(() => dayOf(Date.now()));
  const draft: Draft = {
    caseId: chosen ?? (cases.length === 1 ? (cases[0]?.id ?? null) : null),
    runIds: [],
    personId: null,
    modelId: null,
    framework: language === 'zh-CN' ? 'gbt22239' : 'hipaa',
    from: `${today.slice(0, 8)}01`,
    to: today,
    language,
    templateId: null,
    classification: '',
    ...start,
    ...changes,
  };
  return [draft, (change) => setChanges((before) => ({ ...before, ...change }))];
}

/** What is going on while a report is made, and for how long. */
function Progress({ since }: { readonly since: number }) {
  const { t } = useTranslation('reports');
  const now = useNow(true);
  return (
    <Group gap="sm" wrap="nowrap" role="status">
      <Loader size={18} aria-hidden />
      <div>
        <Text>{t('make.working')}</Text>
        <Text fz="xs" c="dimmed">
          {t('make.workingSince', { time: formatDuration(Math.max(0, Math.floor((now - since) / 1000) * 1000)) })}
        </Text>
      </div>
    </Group>
  );
}
