import { DutiesStep } from './duties-step.tsx';
import type { FirstRunStep } from './first-run-state.ts';
import { RecoveryStep } from './recovery-step.tsx';

/** What a new vault asks once, before its workspace opens. */
export function FirstRun({ step }: { readonly step: FirstRunStep }) {
  return step === 'recovery' ? <RecoveryStep /> : <DutiesStep />;
}
