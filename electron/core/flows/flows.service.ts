import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Act } from '../audit/act.ts';
import type { Flow, FlowDocument, FlowProblem, FlowSummary, NodeType } from '../contract/flows.ts';
import { AppError } from '../errors.ts';
import { describeNode } from '../nodes/node.ts';
import { nodeTypes } from '../nodes/registry.ts';
import type { WritableDb } from '../vault/database.ts';
import { emptyWriteAheadLog } from '../vault/write-ahead-log.ts';
import { formatFlowYaml, parseFlowYaml } from './flow-yaml.ts';
import { FlowsRepository } from './flows.repository.ts';
import { validateFlow } from './validate-flow.ts';

/** The flows of a vault. A flow may be saved with problems; it only cannot be run. */
export class FlowsService {
  readonly #db: WritableDb;
  readonly #flows: FlowsRepository;
  readonly #samples: string;
  readonly #refuseHeld: (caseIds: Iterable<string>) => void;

  /** `resources` is the folder that ships with Redoubt; `refuseHeld` throws where nothing of these cases may be deleted. */
  constructor(db: WritableDb, resources: string, refuseHeld: (caseIds: Iterable<string>) => void) {
    this.#db = db;
    this.#refuseHeld = refuseHeld;
    this.#flows = new FlowsRepository(db);
    this.#samples = join(resources, 'flows');
  }

  list(caseIds: readonly string[]): FlowSummary[] {
    return this.#flows.list(caseIds);
  }

  /** @throws AppError `flows/not-found` */
  get(id: string): Flow {
    const flow = this.#flows.get(id);
    if (!flow) throw new AppError('flows/not-found', 'This flow is not there any more. Reload the list.', { id });
    return flow;
  }

  nodeTypes(): NodeType[] {
    return nodeTypes.map(describeNode);
  }

  validate(document: FlowDocument): FlowProblem[] {
    return validateFlow(document);
  }

  create(act: Act, caseId: string, document: FlowDocument): Flow {
    return this.#add(act, caseId, document, null);
  }

  /** Saves a new version on top of `version`. @throws AppError `flows/conflict`, `flows/not-found` */
  save(act: Act, id: string, version: number, document: FlowDocument): Flow {
    act.commit({ subject: id, details: { version: version + 1, nodes: document.nodes.length } }, () => {
      const present = this.get(id);
      const saved = this.#flows.save({ id, version: version + 1, document, savedAt: Date.now(), savedBy: act.actor.name });
      if (!saved)
        throw new AppError(
          'flows/conflict',
          `This flow was changed meanwhile by ${present.updatedBy} (version ${present.version}). Your changes are still here; reload it, or save them as a new flow.`,
          { newest: present.version },
        );
    });
    return this.get(id);
  }

  /** Removes the flow with its versions. Runs keep the copy they were started with. @throws AppError `cases/legal-hold` */
  remove(act: Act, id: string): void {
    act.commit({ subject: id }, () => {
      this.#refuseHeld([this.get(id).caseId]);
      this.#flows.remove(id);
    });
    emptyWriteAheadLog(this.#db);
  }

  importYaml(act: Act, caseId: string, yaml: string): Flow {
    return this.#add(act, caseId, parseFlowYaml(yaml), null);
  }

  exportYaml(act: Act, id: string): { yaml: string; fileName: string } {
    const { document } = this.get(id);
    const name = document.name
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 80)
      .toLowerCase();
    const yaml = formatFlowYaml(document);
    act.commit({ subject: id, details: { bytes: Buffer.byteLength(yaml) } }, () => undefined);
    return { yaml, fileName: `${name || 'flow'}.yaml` };
  }

  /** Puts the flows that ship with Redoubt into a case, those it does not have yet. */
  installSamples(act: Act, caseId: string): Flow[] {
    const files = readdirSync(this.#samples)
      .filter((file) => file.endsWith('.yaml'))
      .sort();
    return files
      .filter((file) => !this.#flows.hasSample(caseId, file))
      .map((file) => this.#add(act, caseId, parseFlowYaml(readFileSync(join(this.#samples, file), 'utf8')), file));
  }

  #add(act: Act, caseId: string, document: FlowDocument, sample: string | null): Flow {
    const id = randomUUID();
    act.commit({ subject: id, caseId, details: { nodes: document.nodes.length } }, () => {
      this.#flows.add({ id, version: 1, document, savedAt: Date.now(), savedBy: act.actor.name }, caseId, sample);
    });
    return this.get(id);
  }
}
