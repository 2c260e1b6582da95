import { Anchor } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Snapshot } from '../../../../electron/core/contract/index.ts';
import { leaveSession } from '../../../lib/connection.ts';
import { GatePage } from '../gate-page.tsx';
import { ChooseSnapshot } from './choose-snapshot.tsx';
import { RestoreDone } from './restore-done.tsx';
import { RestoreForm } from './restore-form.tsx';
import { RestoreProgress } from './restore-progress.tsx';
import { useRestore } from './use-restore.ts';

type Chosen = { readonly folder: string; readonly snapshot: Snapshot };

/** Brings a vault back onto a machine that has none: folder, state, proof, progress, sign-in. */
export function RestorePage({ onBack }: { readonly onBack: () => void }) {
  const { t } = useTranslation('vault');
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const restore = useRestore();
  const back = (label: string, onClick: () => void) => (
    <Anchor component="button" type="button" fz="sm" onClick={onClick}>
      {label}
    </Anchor>
  );
  if (restore.result)
    return (
      <GatePage title={t('restore.doneTitle')}>
        <RestoreDone result={restore.result} onContinue={() => void leaveSession(null)} />
      </GatePage>
    );
  if (restore.running)
    return (
      <GatePage title={t('restore.runningTitle')} lead={t('restore.runningLead')}>
        <RestoreProgress progress={restore.progress} onCancel={restore.cancel} />
      </GatePage>
    );
  if (chosen)
    return (
      <GatePage title={t('restore.proofTitle')} lead={t('restore.proofLead')} footer={back(t('restore.otherState'), () => setChosen(null))}>
        <RestoreForm
          snapshot={chosen.snapshot}
          error={restore.error}
          onRestore={(proof) => restore.start({ ...proof, folder: chosen.folder, snapshotId: chosen.snapshot.id })}
        />
      </GatePage>
    );
  return (
    <GatePage title={t('restore.title')} lead={t('restore.lead')} wide footer={back(t('restore.back'), onBack)}>
      <ChooseSnapshot onChoose={(folder, snapshot) => setChosen({ folder, snapshot })} />
    </GatePage>
  );
}
