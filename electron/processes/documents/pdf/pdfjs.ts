import {
  getDocument,
  PasswordException,
  VerbosityLevel,
  type PDFDocumentLoadingTask,
  type PDFDocumentProxy,
} from 'pdfjs-dist/legacy/build/pdf.mjs';
import { assets } from '../assets.ts';
import { damaged, empty, encrypted, tooLarge } from '../errors.ts';
import type { Limits } from '../limits.ts';

export type OpenedPdf = { readonly document: PDFDocumentProxy; close(): Promise<void> };

/**
 * Opens a PDF with everything that could reach out switched off, and all data files local. This version of pdf.js
 * has no code generation left to switch off (`isEvalSupported` is gone), and scripts of a document run only in its
 * separate sandbox module, which is never loaded.
 */
export async function openPdf(bytes: Uint8Array, limits: Limits): Promise<OpenedPdf> {
  const task: PDFDocumentLoadingTask = getDocument({
    // pdf.js takes the buffer away from whoever passes it, and refuses Node's own kind.
    data: new Uint8Array(bytes),
    enableXfa: false,
    stopAtErrors: false,
    useSystemFonts: false,
    disableFontFace: true,
    useWorkerFetch: false,
    standardFontDataUrl: assets.standardFonts,
    cMapUrl: assets.cMaps,
    cMapPacked: true,
    wasmUrl: assets.wasm,
    iccUrl: assets.iccProfiles,
    maxImageSize: limits.pixels,
    verbosity: VerbosityLevel.ERRORS,
  });
  const close = () => task.destroy();
  try {
    const document = await task.promise;
    if (document.numPages === 0) throw empty();
    if (document.numPages > limits.pages) throw tooLarge('pages', document.numPages, limits.pages);
    return { document, close };
  } catch (error) {
    await close();
    throw asAppError(error);
  }
}

function asAppError(error: unknown): unknown {
  if (error instanceof PasswordException) return encrypted();
  if (error instanceof Error && error.name === 'AppError') return error;
  return damaged(error);
}
