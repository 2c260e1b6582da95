import { found, type Check } from '../finding.ts';

/** Files beside the database that are opened for one report. */
const sample = 20;

/** GB/T 22239 8.1.4.7 b), 8.1.4.8 b); HIPAA 164.312(a)(2)(iv), (c)(2); PIPL 51(3): what is stored is encrypted and authenticated. */
export const encryptedStorage: Check = async ({ db, blobs }) => {
  const cipher = String(db.pragma('cipher', { simple: true }));
  const pageBytes = Number(db.pragma('page_size', { simple: true }));
  const secureDelete = db.pragma('secure_delete', { simple: true }) === 1;
  const ids = [...blobs.ids()];
  const tried = ids.slice(0, sample);
  let damaged = 0;
  for (const id of tried) if ((await blobs.verify(id)) !== 'ok') damaged += 1;
  return found(
    cipher === 'sqlcipher' && secureDelete && damaged === 0,
    { fact: 'cipher', values: { cipher, pageBytes, secureDelete } },
    { fact: 'files', values: { files: ids.length, tried: tried.length, damaged } },
  );
};

/** HIPAA 164.312(a)(2)(iv); GB/T 22239 8.1.4.8: the key is replaced as the policy says. */
export const keyReplaced: Check = ({ rotation, policies }) => {
  const { epoch, lastRotatedAt: at, due } = rotation();
  const days = policies().policies.rotationDays;
  return found(days > 0 && !due, { fact: 'rotation', values: { epoch, at, due, days } });
};

/** GB/T 22239 8.1.4.7 b); HIPAA 164.312(c)(1): an older or swapped database is told by marks outside it. */
export const anchored: Check = ({ anchor }) => {
  const { commits, places } = anchor();
  const told = places.map(({ place, verdict }) => `${place}: ${verdict}`).join(', ');
  return found(places.length > 0 && places.every(({ verdict }) => verdict === 'fresh'), {
    fact: 'anchor',
    values: { commits, places: told },
  });
};

/** GB/T 22239 8.1.4.10 a), b); PIPL 47; HIPAA 164.310(d)(2)(i): what was deleted is overwritten, its keys destroyed, and a search found nothing. */
export const erasure: Check = ({ db, leaves }) => {
  const pending = Number(db.prepare('SELECT count(*) FROM case_removals').pluck().get());
  const proofs = leaves.ofActions(['cases.prove-removal']);
  const left = proofs.filter(({ details }) => Number(details['rowsLeft'] ?? 0) + Number(details['blobsLeft'] ?? 0) > 0).length;
  const overwrites = db.pragma('secure_delete', { simple: true }) === 1;
  return found(overwrites && pending === 0 && left === 0, { fact: 'erasure', values: { removals: proofs.length, left, pending } });
};
