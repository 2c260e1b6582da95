import type { SystemActs } from '../audit/act.ts';
import { AppError } from '../errors.ts';
import type { Proof } from './slots/shared-slot.ts';
import type { Slot } from './slots/slot.ts';
import type { Vault } from './vault.ts';

/** Wrong codes and shares leave one leaf in this time, ms: nobody may fill the log with them. */
const recordedMs = 60_000;

/** Checks recovery codes and custodians' shares on a vault that is open already. */
export class RecoveryCheck {
  readonly #vault: Vault;
  #wrong = { at: Number.NEGATIVE_INFINITY, tries: 0 };

  constructor(vault: Vault) {
    this.#vault = vault;
  }

  /** The slot that `proof` opens; what is wrong is recorded. @throws as `Vault.checkRecovery` */
  async check(systemAct: SystemActs, proof: Proof): Promise<Slot> {
    try {
      return await this.#vault.checkRecovery(proof);
    } catch (error) {
      this.#wrong.tries += 1;
      const { at, tries } = this.#wrong;
      if (error instanceof AppError && performance.now() - at > recordedMs) {
        this.#wrong = { at: performance.now(), tries: 0 };
        systemAct('vault.recover').commit({ subject: '', outcome: 'denied', reason: error.code, details: { tries } }, () => undefined);
      }
      throw error;
    }
  }
}
