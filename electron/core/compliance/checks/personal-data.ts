import { roleMatrix } from '../../identity/role-matrix.ts';
import { recognisers } from '../../masking/registry.ts';
import { scan } from '../../masking/scan.ts';
import { found, type Check } from '../finding.ts';

/** GB/T 22239 8.1.4.11 b); PIPL 51(3): personal data are recognised and masked. Every recogniser is tried on its examples. */
export const masking: Check = () => {
  const examples = recognisers.flatMap(({ type, examples: own }) => own.map((example) => ({ type, ...example })));
  const missed = examples.filter(
    ({ type, text, found: expected }) => !scan(text).some((hit) => hit.type === type && hit.text === expected),
  );
  const values = { kinds: recognisers.length, examples: examples.length, missed: missed.length };
  return found(examples.length > 0 && missed.length === 0, { fact: 'masking', values });
};

/** PIPL 44, 45: people get what is held about them. */
export const accessForPeople: Check = ({ leaves }) => {
  const { roles, rows } = roleMatrix();
  const mayExport = rows.find(({ call }) => call === 'identity.exportOwn')?.allowed.length ?? 0;
  const exports = leaves.ofActions(['identity.export-person']).filter(({ outcome }) => outcome === 'done').length;
  return found(mayExport === roles.length, { fact: 'access', values: { roles: roles.length, mayExport, exports } });
};
