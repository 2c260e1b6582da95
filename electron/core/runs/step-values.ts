import type { Json } from '../contract/base.ts';
import type { PortValues } from '../nodes/node.ts';
import type { Blobs } from '../vault/blobs.ts';

/** How a value stands in a row: itself when small, else where it is. */
type Stored = { readonly value: Json } | { readonly blob: string; readonly bytes: number };

/** Values with more JSON than this go to a blob, bytes. */
const inlineLimit = 4096;
/** Keeps our blobs apart from documents of the same content, which are removed by other rules. */
const mark = 'redoubt-value/1\n';

export type StoredValues = {
  /** For the row. */ readonly row: string;
  readonly blobs: readonly string[];
  /** Of all values together. */ readonly bytes: number;
};

/** Moves the values of a step between rows and blobs. */
export class StepValues {
  readonly #blobs: Pick<Blobs, 'put' | 'get'>;

  constructor(blobs: Pick<Blobs, 'put' | 'get'>) {
    this.#blobs = blobs;
  }

  /** Writes large values durably; the row that refers to them is written afterwards. */
  store(values: PortValues): StoredValues {
    const blobs: string[] = [];
    let bytes = 0;
    const entries = Object.entries(values).map(([port, value]): [string, Stored] => {
      const content = Buffer.from(mark + JSON.stringify(value));
      bytes += content.length;
      if (content.length <= inlineLimit) return [port, { value }];
      const blob = this.#blobs.put(content);
      blobs.push(blob);
      return [port, { blob, bytes: content.length }];
    });
    return { row: JSON.stringify(Object.fromEntries(entries)), blobs, bytes };
  }

  load(row: string): PortValues {
    return Object.fromEntries(Object.entries(parse(row)).map(([port, stored]) => [port, this.#read(stored)]));
  }

  /** Bytes that `load` would take, about. */
  static size(row: string): number {
    return Object.values(parse(row)).reduce((sum, stored) => sum + ('blob' in stored ? stored.bytes : 0), row.length);
  }

  #read(stored: Stored): Json {
    if ('value' in stored) return stored.value;
    return JSON.parse(Buffer.from(this.#blobs.get(stored.blob)).toString('utf8').slice(mark.length)) as Json;
  }
}

function parse(row: string): Record<string, Stored> {
  return JSON.parse(row) as Record<string, Stored>;
}
