import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../../lib/client.ts';
import { ConfirmShares } from './confirm-shares.tsx';
import { CustodianNames } from './custodian-names.tsx';
import { HandOutShares, type HandedShare } from './hand-out-shares.tsx';

type Props = { readonly replacing: boolean; readonly onDone: () => void };
type Made = { readonly threshold: number; readonly shares: readonly HandedShare[]; readonly madeAt: number };

/** Names, shares on paper, shares typed back. The shares live in this component only. */
export function CustodiansMaker({ replacing, onDone }: Props) {
  const [made, setMade] = useState<Made | null>(null);
  const [confirming, setConfirming] = useState(false);
  const begin = useMutation({
    mutationFn: (input: { threshold: number; names: string[] }) => client.keys.beginCustodians(input),
    meta: { quiet: true },
    onSuccess: ({ shares }, { threshold }) => setMade({ threshold, shares, madeAt: Date.now() }),
  });
  if (!made) return <CustodianNames replacing={replacing} error={begin.error} busy={begin.isPending} onBegin={begin.mutate} />;
  if (confirming) return <ConfirmShares threshold={made.threshold} onBack={() => setConfirming(false)} onDone={onDone} />;
  return <HandOutShares {...made} onNext={() => setConfirming(true)} />;
}
