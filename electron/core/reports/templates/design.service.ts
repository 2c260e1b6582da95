import type { ReaderProtocol } from '../../documents/reader.protocol.ts';
import type { WorkerCaller } from '../../ipc/worker-link.ts';
import { OrganisationService } from '../../organisation/organisation.ts';
import type { Logo } from '../../organisation/read-logo.ts';
import type { WritableDb } from '../../vault/database.ts';
import type { Arranged, DesignSource } from '../report-design.ts';
import { previewTemplate } from './preview.ts';
import { TemplatesService } from './templates.service.ts';

export type Reader = WorkerCaller<ReaderProtocol>;

/** What reports look like: the organisation they come from and the templates they follow. */
export class DesignService implements DesignSource {
  readonly organisation: OrganisationService;
  readonly templates: TemplatesService;
  readonly #reader: Reader;
  readonly #resources: string;

  /** `resources`: the application's folder with the fonts. */
  constructor(db: WritableDb, reader: Reader, resources: string) {
    this.organisation = new OrganisationService(db, reader);
    this.templates = new TemplatesService(db, reader);
    this.#reader = reader;
    this.#resources = resources;
  }

  whose(): ReturnType<DesignSource['whose']> {
    const { name, classification } = this.organisation.get();
    return { organisation: name === null ? null : { name }, classification };
  }

  logo(): Logo | null {
    return this.organisation.logo();
  }

  arrange(...given: Parameters<DesignSource['arrange']>): Promise<Arranged> {
    return this.templates.arrange(...given);
  }

  preview(wanted: Parameters<typeof previewTemplate>[1], signal?: AbortSignal): ReturnType<typeof previewTemplate> {
    return previewTemplate({ design: this, reader: this.#reader, resources: this.#resources }, wanted, signal);
  }
}
