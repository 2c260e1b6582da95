import type { Act, ActAddition } from '../audit/act.ts';
import type { Json } from '../contract/base.ts';
import { policies as policiesSchema, type Policies, type PolicyState, type RetentionPolicy } from '../contract/policies.ts';
import type { WritableDb } from '../vault/database.ts';
import { personalPolicies, separatedPolicies } from './default-policies.ts';

type Row = { mode: PolicyState['mode']; policies: string };

/** The rules of this vault. A new one has the default rules until somebody changes them. */
export class PoliciesService {
  readonly #db: WritableDb;
  #state: PolicyState | null = null;
  /** Hears of new rules once they hold. */
  onChange: (state: PolicyState) => void = () => undefined;

  constructor(db: WritableDb) {
    this.#db = db;
  }

  get state(): PolicyState {
    return (this.#state ??= this.#read());
  }

  get current(): Policies {
    return this.state.policies;
  }

  /** `approval` is used up in the same transaction. */
  set(act: Act, wanted: Omit<Policies, 'retention'>, approval: ActAddition | null = null): PolicyState {
    return this.#write(act, (now) => ({ ...now, policies: { ...wanted, retention: now.policies.retention } }), approval);
  }

  setRetention(act: Act, retention: RetentionPolicy): PolicyState {
    return this.#write(act, (now) => ({ ...now, policies: { ...now.policies, retention } }));
  }

  /** Raises the rules to those of separated duties. Part of the transaction of whoever appoints the administrators. */
  separate(): void {
    const { policies } = this.state;
    this.#store({ mode: 'separated', policies: separatedPolicies(policies) });
  }

  /** What a rolled-back transaction may have left in memory is read again. */
  forget(): void {
    this.#state = null;
    this.onChange(this.state);
  }

  #write(act: Act, change: (now: PolicyState) => PolicyState, approval: ActAddition | null = null): PolicyState {
    const before = this.state;
    const after = change(before);
    try {
      const details = { before: changed(before, after), after: changed(after, before), ...approval?.details };
      act.commit({ subject: '', details }, () => {
        approval?.within();
        this.#store(after);
      });
    } finally {
      this.forget();
    }
    return this.state;
  }

  #store(state: PolicyState): void {
    const text = JSON.stringify(state.policies);
    this.#db
      .prepare(
        `INSERT INTO policies (one, mode, policies) VALUES (1, ?, ?) ON CONFLICT (one) DO UPDATE SET mode = excluded.mode, policies = excluded.policies`,
      )
      .run(state.mode, text);
    this.#state = state;
  }

  #read(): PolicyState {
    const row = this.#db.prepare('SELECT mode, policies FROM policies').get() as Row | undefined;
    if (!row) return { mode: 'personal', policies: personalPolicies };
    return { mode: row.mode, policies: policiesSchema.parse(JSON.parse(row.policies)) };
  }
}

/** The parts of `of` that differ from `other`. */
function changed(of: PolicyState, other: PolicyState): Json {
  const parts = Object.entries(of.policies).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(other.policies[name as keyof Policies]),
  );
  return Object.fromEntries(parts);
}
