import type { Model, ModelHeader } from '../contract/models.ts';

/** A model that Redoubt knows: imported by a person (a row of the vault) or shipped with the application. */
export type ModelRecord = {
  readonly id: string;
  readonly displayName: string;
  readonly sha256: string;
  readonly storage: Model['storage'];
  readonly path: string;
  /** Modification time of the file when it was checked, milliseconds since the epoch. */
  readonly modifiedMs: number;
  readonly label: Model['label'];
  readonly header: ModelHeader;
  /** Key and value cache of one token, bytes at 16 bit. */
  readonly cacheBytesPerToken: number;
  readonly importedAt: number;
};
