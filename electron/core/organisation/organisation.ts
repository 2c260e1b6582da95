import type { Act } from '../audit/act.ts';
import type { Organisation } from '../contract/templates.ts';
import type { ReaderProtocol } from '../documents/reader.protocol.ts';
import type { WorkerCaller } from '../ipc/worker-link.ts';
import type { WritableDb } from '../vault/database.ts';
import { readLogo, type Logo } from './read-logo.ts';

type Row = {
  name: string | null;
  classification: string | null;
  logo: Buffer | null;
  logo_width: number | null;
  logo_height: number | null;
};
type Change = { name: string | null; classification: string | null; /** Absent: stays. */ logo?: Uint8Array | null | undefined };

/** The organisation that reports come from: its name, its logo and the classification that its reports bear. */
export class OrganisationService {
  readonly #db: WritableDb;
  readonly #reader: WorkerCaller<ReaderProtocol>;

  constructor(db: WritableDb, reader: WorkerCaller<ReaderProtocol>) {
    this.#db = db;
    this.#reader = reader;
  }

  get(): Organisation {
    const { name, classification } = this.#row();
    const logo = this.logo();
    return { name, classification, logo: logo && { ...logo, base64: Buffer.from(logo.png).toString('base64') } };
  }

  /** Null where there is none. */
  logo(): Logo | null {
    const { logo, logo_width: width, logo_height: height } = this.#row();
    return logo && width !== null && height !== null ? { png: logo, width, height } : null;
  }

  /** @throws AppError `templates/logo-kind`, `templates/logo-too-large`, and `documents/…` for a picture that is damaged */
  async set(act: Act, { name, classification, logo }: Change, signal?: AbortSignal): Promise<Organisation> {
    const read = logo ? await readLogo(this.#reader, logo, signal) : null;
    const details = { name, classification, logo: logo === undefined ? 'kept' : logo === null ? 'removed' : 'replaced' };
    act.commit({ subject: 'organisation', details }, (db) => {
      db.prepare(
        `INSERT INTO organisation (one, name, classification) VALUES (1, ?, ?)
         ON CONFLICT (one) DO UPDATE SET name = excluded.name, classification = excluded.classification`,
      ).run(name, classification);
      if (logo === undefined) return;
      db.prepare('UPDATE organisation SET logo = ?, logo_width = ?, logo_height = ?').run(
        read?.png ?? null,
        read?.width ?? null,
        read?.height ?? null,
      );
    });
    return this.get();
  }

  #row(): Row {
    const row = this.#db.prepare('SELECT name, classification, logo, logo_width, logo_height FROM organisation').get() as Row | undefined;
    return row ?? { name: null, classification: null, logo: null, logo_width: null, logo_height: null };
  }
}
