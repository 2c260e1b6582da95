import type { Act } from '../audit/act.ts';
import { outsider } from '../cases/scope.ts';
import type { PersonExport } from '../cases/person-export.ts';
import type { VaultFacts } from '../compliance/vault-facts.ts';
import type { Attestation, NewAttestation } from '../contract/attestations.ts';
import { attestationKind, type ReportLanguage, type ReportVerification } from '../contract/reports.ts';
import { AppError } from '../errors.ts';
import type { ModelRecord } from '../models/model-record.ts';
import { accessContent } from './kinds/access/content.ts';
import { complianceContent } from './kinds/compliance/content.ts';
import { egressContent } from './kinds/egress/content.ts';
import type { ReportContent } from './kinds/kind.ts';
import { modelContent } from './kinds/model/content.ts';
import { personContent } from './kinds/person/content.ts';
import type { ReportMaker } from './report-maker.ts';
import type { ReportRow } from './reports.repository.ts';

export type AttestationSources = {
  readonly vault: VaultFacts;
  readonly models: () => readonly ModelRecord[];
  readonly persons: Pick<PersonExport, 'records'>;
};

/** Makes, keeps and checks signed reports about the vault itself. Whoever may make them sees no content of a case in any. */
export class AttestationsService {
  readonly #maker: ReportMaker;
  readonly #sources: AttestationSources;

  constructor(maker: ReportMaker, sources: AttestationSources) {
    this.#maker = maker;
    this.#sources = sources;
  }

  list(): Attestation[] {
    return this.#maker.reports.listOfVault().map(shown);
  }

  choices(): { people: { id: string; userName: string; displayName: string }[]; models: { id: string; name: string; removed: boolean }[] } {
    const { vault, models } = this.#sources;
    const there = models().map(({ id, displayName }) => ({ id, name: displayName, removed: false }));
    const known = new Set(there.map(({ id }) => id));
    const imported = vault.leaves.ofActions(['models.import']).filter(({ outcome, subject }) => outcome === 'done' && !known.has(subject));
    const removed = new Map(imported.map(({ subject, details }) => [subject, String(details['sha256'] ?? subject)]));
    return {
      people: vault.people().map(({ id, userName, displayName }) => ({ id, userName, displayName })),
      models: [...there, ...[...removed].map(([id, name]) => ({ id, name, removed: true }))],
    };
  }

  /** @throws AppError `identity/unknown-person`, `models/not-found`, `reports/bad-period` */
  async create(act: Act, input: NewAttestation): Promise<Attestation> {
    const content = await this.#content(input);
    return shown(await this.#maker.make(act, input, content, { caseId: null, subject: subjectOf(input), runIds: [] }));
  }

  /** All files of it. Takes data out of the vault, so it leaves a leaf. @throws AppError `reports/not-found` */
  export(act: Act, { id }: { id: string }): { files: { name: string; base64: string }[] } {
    this.#find(id);
    return this.#maker.export(act, id);
  }

  /** @throws AppError `reports/not-found` */
  async verify({ id, language }: { id: string; language: ReportLanguage }): Promise<ReportVerification> {
    this.#find(id);
    return this.#maker.verify(id, language);
  }

  async #content(input: NewAttestation): Promise<ReportContent> {
    const { vault, models, persons } = this.#sources;
    const { language } = input;
    switch (input.kind) {
      case 'person':
        // As somebody who is in no case sees it: whoever exports the report later may be another than who made it.
        return personContent(vault, await persons.records(input.personId, outsider), language);
      case 'model':
        return modelContent(vault, models(), input.modelId, language);
      case 'access':
        return accessContent(vault, language);
      case 'compliance':
        return complianceContent(vault, input.framework, language);
      case 'egress':
        if (input.from >= input.to) throw badPeriod();
        return egressContent(vault, { from: input.from, to: input.to }, language);
    }
  }

  /** One of a case is nothing that an attestation's reader may name. */
  #find(id: string): void {
    if (this.#maker.find(id).caseId !== null) throw new AppError('reports/not-found', 'There is no such report in this vault.', { id });
  }
}

function subjectOf(input: NewAttestation): string {
  switch (input.kind) {
    case 'person':
      return input.personId;
    case 'model':
      return input.modelId;
    case 'access':
      return '';
    case 'compliance':
      return input.framework;
    case 'egress':
      return `${input.from}/${input.to}`;
  }
}

function badPeriod(): AppError {
  return new AppError('reports/bad-period', 'The period ends before it begins. No report was made. Choose a later end.');
}

function shown({ id, kind, subject, title, language, createdAt, createdBy, files }: ReportRow): Attestation {
  return { id, kind: attestationKind.parse(kind), subject, title, language, createdAt, createdBy, files };
}
