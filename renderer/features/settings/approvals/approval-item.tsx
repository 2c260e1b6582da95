import { Button, Code, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconCheck, IconPlayerPlay, IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Approval } from '../../../../electron/core/contract/index.ts';
import { client } from '../../../lib/client.ts';
import { formatTimeWithZone } from '../../../lib/format.ts';
import { FormError } from '../../../ui/form-error.tsx';
import { StatusBadge, type Tone } from '../../../ui/status-badge.tsx';
import { Time } from '../../../ui/time.tsx';
import classes from './approvals.module.css';
import { useInputWords } from './input-words.ts';
import { repeatable, useRepeat } from './use-repeat.ts';

const tones: Readonly<Record<Approval['state'], Tone>> = {
  waiting: 'warning',
  approved: 'good',
  refused: 'bad',
  withdrawn: 'neutral',
  expired: 'neutral',
  used: 'neutral',
};

/** One request: who wants what, with what, and what can be done about it now. */
export function ApprovalItem({ approval }: { readonly approval: Approval }) {
  const { t } = useTranslation('approvals');
  const { state, requestedBy, requestedAt, expiresAt, decidedBy, decidedAt, comment } = approval;
  const words = useInputWords(approval.input);
  const what = t(`calls.${approval.call.replace('.', '-')}`, { defaultValue: approval.call });
  return (
    <article className={classes['item']} aria-label={what}>
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div>
          <Text fw={600}>{what}</Text>
          <Text fz="xs" c="dimmed">
            {t('by', { name: requestedBy.displayName, userName: requestedBy.userName })} · <Time at={requestedAt} />
          </Text>
        </div>
        <StatusBadge tone={tones[state]}>{t(`states.${state}`)}</StatusBadge>
      </Group>
      {words.length > 0 && (
        <dl className={classes['input']}>
          {words.map(({ name, value, plain }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{plain ? value : <Code>{value}</Code>}</dd>
            </div>
          ))}
        </dl>
      )}
      {decidedBy !== null && decidedAt !== null && (
        <Text fz="xs" c="dimmed">
          {t(state === 'refused' ? 'refusedBy' : 'approvedBy', { name: decidedBy })} · <Time at={decidedAt} />
          {comment !== '' && ` · ${t('comment', { comment })}`}
        </Text>
      )}
      {(state === 'waiting' || state === 'approved') && (
        <Text fz="xs" c="dimmed">
          {t('expires', { at: formatTimeWithZone(expiresAt) })}
        </Text>
      )}
      {approval.mayDecide && <Decide approval={approval} />}
      {approval.mayUse && <Use approval={approval} />}
      {!approval.mayDecide && state === 'waiting' && <Withdraw approval={approval} />}
    </article>
  );
}

function Decide({ approval }: { readonly approval: Approval }) {
  const { t } = useTranslation('approvals');
  const queryClient = useQueryClient();
  const [comment, setComment] = useState('');
  const decide = useMutation({
    mutationFn: (approved: boolean) => client.approvals.decide({ id: approval.id, approved, comment: comment.trim() }),
    meta: { quiet: true },
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['approvals'] }),
  });
  return (
    <Stack gap="xs">
      <Group gap="xs" align="flex-end">
        <TextInput
          flex={1}
          miw={180}
          label={t('commentLabel')}
          maxLength={500}
          value={comment}
          onChange={(event) => setComment(event.currentTarget.value)}
        />
        <Button
          h={32}
          variant="default"
          c="red"
          leftSection={<IconX size={15} aria-hidden />}
          loading={decide.isPending && !decide.variables}
          onClick={() => decide.mutate(false)}
        >
          {t('refuse')}
        </Button>
        <Button
          h={32}
          leftSection={<IconCheck size={15} aria-hidden />}
          loading={decide.isPending && decide.variables}
          onClick={() => decide.mutate(true)}
        >
          {t('approve')}
        </Button>
      </Group>
      <FormError error={decide.error} />
    </Stack>
  );
}

function Use({ approval }: { readonly approval: Approval }) {
  const { t } = useTranslation('approvals');
  const repeat = useRepeat(approval);
  return (
    <Stack gap="xs">
      <Group gap="xs" justify="flex-end">
        <Withdraw approval={approval} />
        <Button leftSection={<IconPlayerPlay size={15} aria-hidden />} loading={repeat.isPending} onClick={() => repeat.mutate()}>
          {t(repeatable(approval) ? 'doNow' : 'goThere')}
        </Button>
      </Group>
      <FormError error={repeat.error} />
    </Stack>
  );
}

function Withdraw({ approval }: { readonly approval: Approval }) {
  const { t } = useTranslation('approvals');
  const queryClient = useQueryClient();
  const withdraw = useMutation({
    mutationFn: () => client.approvals.withdraw({ id: approval.id }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['approvals'] }),
  });
  return (
    <Group justify="flex-end">
      <Button variant="default" loading={withdraw.isPending} onClick={() => withdraw.mutate()}>
        {t('withdraw')}
      </Button>
    </Group>
  );
}
