import { PDF, type Signer } from '@libpdf/core';
import { signedRange } from '../verify/pdf-signature.ts';
import { own } from '../verify/bytes.ts';
import { signCades } from './cades.ts';
import type { ReportSigner } from './report-signer.ts';

/** Room for a signature besides its certificates, bytes. */
const signatureRoom = 4096;

/**
 * Signs a finished PDF (PAdES baseline B-B). The PDF library lays out the signature field with a stand-in signature,
 * because its own would carry a signing-time attribute, which PAdES baseline forbids; ours is then put in its place.
 */
export async function signPdf(pdf: PDF, signer: ReportSigner, reason: string, now: Date): Promise<Uint8Array> {
  // Signing is an incremental update, so the document must have been written once.
  const document = await PDF.load(await pdf.save({ subsetFonts: true }));
  const certificates = [signer.certificate, ...signer.intermediates, signer.root];
  const standIn: Signer = {
    certificate: signer.certificate,
    certificateChain: [],
    keyType: 'EC',
    signatureAlgorithm: 'ECDSA',
    sign: () => Promise.resolve(new Uint8Array(72)),
  };
  const { bytes } = await document.sign({
    signer: standIn,
    level: 'B-B',
    reason,
    signingTime: now,
    fieldName: 'Redoubt',
    estimatedSize: signatureRoom + certificates.reduce((sum, each) => sum + each.length, 0),
  });
  const range = signedRange(own(bytes));
  if (!range) throw new Error('the PDF library left no signature field');
  const room = range.contents.length * 2;
  const hex = Buffer.from(await signCades(range.signed, signer)).toString('hex');
  if (hex.length > room) throw new Error('the signature does not fit its field');
  const signed = Buffer.from(bytes);
  signed.write(hex.padEnd(room, '0'), range.contentsStart + 1, 'latin1');
  return new Uint8Array(signed);
}
