/** What a page's stored text is worth. */
export type TextVerdict = 'good' | 'sparse' | 'none' | 'garbage';

/** Private use, replacement and non-characters: what fonts without a Unicode map leave behind. */
const meaningless = /[\ue000-\uf8ff\ufffd\ufff0-\uffff\x80-\x9f]|[\u{f0000}-\u{10fffd}]/gu;

/** Fewer characters than this may be a stamp or page number over a scan. */
const sparse = 60;
/** Share of meaningless characters that makes text garbage. */
const garbage = 0.3;

/** Judges the text stored for one page, so that the page is read by OCR where the stored text says nothing. */
export function judge(text: string): TextVerdict {
  const length = text.replace(/\s+/g, '').length;
  if (length === 0) return 'none';
  if ((text.match(meaningless)?.length ?? 0) > length * garbage) return 'garbage';
  return length < sparse ? 'sparse' : 'good';
}
