import { largestLogoBytes } from '../contract/templates.ts';
import type { ReaderProtocol } from '../documents/reader.protocol.ts';
import { AppError } from '../errors.ts';
import type { WorkerCaller } from '../ipc/worker-link.ts';

export type Logo = { readonly png: Uint8Array; readonly width: number; readonly height: number };

/** Longest side that is kept, pixels: 300 dpi at twice the size it is shown. */
const maxSide = 800;
const png = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const jpeg = Buffer.from([0xff, 0xd8, 0xff]);

/**
 * A PNG or JPEG as a small PNG. The documents process decodes it and writes the pixels anew; here only its first bytes
 * are looked at.
 * @throws AppError `templates/logo-kind`, `templates/logo-too-large`, `documents/damaged`
 */
export async function readLogo(reader: WorkerCaller<ReaderProtocol>, file: Uint8Array, signal?: AbortSignal): Promise<Logo> {
  if (file.length > largestLogoBytes)
    throw new AppError('templates/logo-too-large', 'The logo is larger than 1 MiB. Nothing was changed. Save it smaller and try again.');
  const begins = (mark: Buffer) => mark.equals(file.subarray(0, mark.length));
  const name = begins(png) ? 'logo.png' : begins(jpeg) ? 'logo.jpg' : null;
  if (!name)
    throw new AppError('templates/logo-kind', 'The logo is neither PNG nor JPEG. Nothing was changed. Save it as PNG and try again.');
  const drawn = await reader.call('renderPage', { bytes: file, name, number: 1, maxSide, lossless: true }, { signal });
  if (drawn.mediaType !== 'image/png' || !png.equals(drawn.bytes.subarray(0, png.length)))
    throw new Error('the documents process gave back something else than a PNG');
  return { png: drawn.bytes, width: drawn.width, height: drawn.height };
}
