import { createHash, randomUUID } from 'node:crypto';
import type { Act } from '../../audit/act.ts';
import type { ReportKind, ReportLanguage } from '../../contract/reports.ts';
import type { ReportTemplate, TemplateProblem } from '../../contract/templates.ts';
import type { ReaderProtocol } from '../../documents/reader.protocol.ts';
import { AppError } from '../../errors.ts';
import type { WorkerCaller } from '../../ipc/worker-link.ts';
import type { WritableDb } from '../../vault/database.ts';
import type { Section } from '../blocks.ts';
import type { Arranged, DesignedValues, WantedDesign } from '../report-design.ts';
import { builtInTemplates } from './built-in-templates.ts';
import { sampleReport } from './sample-report.ts';
import type { TemplatePart } from './template.protocol.ts';
import { TemplatesRepository } from './templates.repository.ts';

/** The templates that say what stands in a report, and in which order. */
export class TemplatesService {
  readonly #own: TemplatesRepository;
  readonly #reader: WorkerCaller<ReaderProtocol>;

  constructor(db: WritableDb, reader: WorkerCaller<ReaderProtocol>) {
    this.#own = new TemplatesRepository(db);
    this.#reader = reader;
  }

  list({ kind, language }: { kind?: ReportKind | undefined; language?: ReportLanguage | undefined } = {}): ReportTemplate[] {
    const all = [...builtInTemplates, ...this.#own.list()];
    return all.filter((each) => (!kind || each.kind === kind) && (!language || each.language === language));
  }

  /**
   * Puts the sections of a report in the order of a template, with the template's own text between them.
   * @param templateId absent: the built-in one
   * @throws AppError `templates/not-found` (also for one of another kind or language), `templates/failed` (details: code, line)
   */
  async arrange({ kind, language, templateId }: WantedDesign, values: DesignedValues, sections: readonly Section[]): Promise<Arranged> {
    const template = templateId === undefined ? null : this.list({ kind, language }).find(({ id }) => id === templateId);
    if (template === undefined) throw notFound();
    // A built-in one names all sections in their own order, so a report that follows it needs no other process.
    if (template === null || template.builtIn) return { template: null, sections: [...sections] };
    const { problems, sections: arranged } = await this.render(template.text, values, sections, { strict: false });
    const error = problems.find(({ severity }) => severity === 'error');
    if (error) throw problemError('templates/failed', 'This report cannot be made with this template. No report was made.', error);
    const { name, sha256 } = template;
    return { template: { name, sha256 }, sections: arranged };
  }

  /** What comes out of a template's text; with an error among the problems there are no sections. */
  async render(
    text: string,
    values: DesignedValues,
    sections: readonly Section[],
    { strict, signal }: { strict: boolean; signal?: AbortSignal | undefined },
  ): Promise<{ problems: readonly TemplateProblem[]; sections: Section[] }> {
    const json = JSON.stringify({ ...values, sections: sections.map(({ id, title }) => ({ id, title })) });
    const input = { text, values: json, sections: sections.map(({ id }) => id), strict };
    const { parts, problems } = await this.#reader.call('renderTemplate', input, { signal });
    const failed = problems.some(({ severity }) => severity === 'error');
    return { problems, sections: failed ? [] : put(parts, sections) };
  }

  /** @throws AppError `templates/not-found`, `templates/built-in`, `templates/invalid` */
  async save(
    act: Act,
    given: { id?: string | undefined; kind: ReportKind; language: ReportLanguage; name: string; text: string },
    signal?: AbortSignal,
  ): Promise<ReportTemplate> {
    if (given.id !== undefined) this.#ownOne(given.id);
    const { values, sections } = sampleReport(given.kind, given.language);
    const { problems } = await this.render(given.text, values, sections, { strict: true, signal });
    const error = problems.find(({ severity }) => severity === 'error');
    if (error) throw problemError('templates/invalid', 'The template has an error. It was not saved.', error);
    const sha256 = createHash('sha256').update(given.text).digest('hex');
    const template: ReportTemplate = {
      ...given,
      id: given.id ?? randomUUID(),
      builtIn: false,
      sha256,
      changedAt: Date.now(),
      changedBy: act.actor.name,
    };
    const { id: subject, kind, language, name } = template;
    act.commit({ subject, details: { kind, language, name, sha256 } }, () => this.#own.put(template));
    return template;
  }

  /** @throws AppError `templates/not-found`, `templates/built-in` */
  remove(act: Act, { id }: { id: string }): void {
    const { kind, language, name, sha256 } = this.#ownOne(id);
    act.commit({ subject: id, details: { kind, language, name, sha256 } }, () => this.#own.remove(id));
  }

  #ownOne(id: string): ReportTemplate {
    const template = this.list().find((each) => each.id === id);
    if (!template) throw notFound();
    if (!template.builtIn) return template;
    throw new AppError('templates/built-in', 'This template comes with Redoubt and stays as it is. Save your text as a new template.');
  }
}

function put(parts: readonly TemplatePart[], sections: readonly Section[]): Section[] {
  return parts.flatMap((part, index): Section[] => {
    if (part.type === 'own') return [{ id: `text-${index + 1}`, title: part.title, blocks: [...part.blocks] }];
    return sections.filter(({ id }) => id === part.id);
  });
}

function notFound(): AppError {
  return new AppError('templates/not-found', 'There is no such template for this kind of report and language. It may have been removed.');
}

function problemError(
  code: 'templates/failed' | 'templates/invalid',
  what: string,
  { code: problem, message, line, column, name }: TemplateProblem,
): AppError {
  const where = line === null ? '' : `Line ${line}: `;
  return new AppError(code, `${what} ${where}${message}`, { problem, line, column, name });
}
