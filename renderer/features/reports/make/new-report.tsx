import { Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportKind } from '../../../../electron/core/contract/index.ts';
import { usePermission } from '../../../lib/session.ts';
import type { AnyReport } from '../any-report.ts';
import { KindCards } from './kind-cards.tsx';
import { MadeReport } from './made-report.tsx';
import { MakeForm, type Start } from './make-form.tsx';

type Props = {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** What is already chosen (a run, a case); the kind is then not asked for. */
  readonly start?: Start;
};

/** A new signed report: its kind, what it is about and how it looks, then what came of it. */
export function NewReport({ opened, onClose, start }: Props) {
  const { t } = useTranslation(['reports', 'common']);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size={720}
      title={t('make.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      closeOnClickOutside={false}
    >
      {opened && <Steps onClose={onClose} {...(start ? { start } : {})} />}
    </Modal>
  );
}

function Steps({ start, onClose }: Pick<Props, 'start' | 'onClose'>) {
  const ofCases = usePermission('reports.create');
  const ofVault = usePermission('attestations.make');
  const [kind, setKind] = useState<ReportKind | null>(start?.kind ?? null);
  const [made, setMade] = useState<AnyReport | null>(null);
  if (made) return <MadeReport report={made} onClose={onClose} />;
  if (kind === null) return <KindCards ofCases={ofCases} ofVault={ofVault} onChoose={setKind} />;
  return <MakeForm start={{ ...start, kind }} onBack={start ? null : () => setKind(null)} onCancel={onClose} onMade={setMade} />;
}
