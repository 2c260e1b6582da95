import { AppError } from '../../core/errors.ts';

export const tooLarge = (what: 'bytes' | 'pages' | 'pixels', size: number, largest: number) =>
  new AppError(
    'documents/too-large',
    `The file has ${size.toLocaleString('en')} ${what}; Redoubt reads up to ${largest.toLocaleString('en')}. Split it and import the parts.`,
    {
      what,
      size,
      largest,
    },
  );
export const empty = () => new AppError('documents/empty', 'The file holds nothing to read. Check that it was saved or copied completely.');
export const encrypted = () =>
  new AppError('documents/encrypted', 'The file is protected by a password. Save a copy without the password and import that.');
export const damaged = (cause?: unknown) =>
  new AppError(
    'documents/damaged',
    'The file is damaged and cannot be read. Open it in the program that made it, save it again and import that copy.',
    {},
    { cause },
  );
export const unsupported = (format: string) =>
  new AppError('documents/unsupported', `Redoubt does not read ${format} files yet. Save it as PDF, picture or text and import that.`, {
    format,
  });
export const wrongExtension = (extension: string, content: string) =>
  new AppError(
    'documents/wrong-extension',
    `The file is named .${extension} but holds ${content}. If you trust where it came from, correct the name and import it again.`,
    { extension, content },
  );
export const timedOut = () =>
  new AppError('documents/timed-out', 'The file took too long to read and was stopped. Try again, or split it into smaller parts.');
export const exhausted = () =>
  new AppError(
    'documents/out-of-memory',
    'The file needs more memory than one file may use. Split it into smaller parts and import those.',
  );
export const pageFailed = (cause: unknown) =>
  new AppError('documents/page-damaged', 'This page is damaged and could not be read. The other pages were read.', {}, { cause });
export const pageTimedOut = () =>
  new AppError('documents/page-timed-out', 'This page took too long to read and was left out. The other pages were read.');
