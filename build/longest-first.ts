import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Those that work with whole processes or many vaults. One of them that began last would be waited for alone. */
const long = [
  'build/faults/',
  'electron/local/recovery.test',
  'electron/local/after-lock',
  'electron/cli/',
  'documents.service',
  'electron/local/',
];

/** Begins with the files that take longest, also on a machine where none ever ran. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const place = ({ moduleId }: TestSpecification) => {
      const at = long.findIndex((part) => moduleId.replaceAll('\\', '/').includes(part));
      return at < 0 ? long.length : at;
    };
    return sorted.sort((a, b) => place(a) - place(b));
  }
}
