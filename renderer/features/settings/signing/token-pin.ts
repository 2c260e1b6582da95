import type { SigningState } from '../../../../electron/core/contract/index.ts';
import { useNow } from '../../../lib/use-now.ts';

/** The token that signs where it asks the person for its PIN now; otherwise null. */
export function useLockedToken(state: SigningState | undefined): SigningState['token'] {
  const token = state?.signer === 'token' ? state.token : null;
  const now = useNow(token !== null);
  return token !== null && (token.unlockedUntil ?? 0) <= now ? token : null;
}
