/** Characters before a number in which its label is looked for. */
const reach = 28;

/** True if `label` occurs shortly before `start` or in brackets right after `end`. Bounded, so linear over all candidates. */
export function labelled(text: string, start: number, end: number, label: RegExp): boolean {
  const after = text.slice(end, end + 8);
  return label.test(text.slice(Math.max(0, start - reach), start)) || (/^ ?[（(]/.test(after) && label.test(after));
}

/** True if `label` is the last thing said before `start`: only punctuation and spaces lie between. */
export function introducedBy(text: string, start: number, label: RegExp): boolean {
  const before = text.slice(Math.max(0, start - reach), start).replace(/[\s:：#=.,，、（(【["'“|是为-]+$/u, '');
  const match = label.exec(before);
  return match !== null && match.index + match[0].length === before.length;
}

/** Labels of numbers that are no personal data; used with `introducedBy`, so each ends with `$`. */
export const orderLabel =
  /(?:订单编?号?|单号|流水号?|编号|批次号?|序列号|发票号码?|合同号|交易号|order(?: ?(?:no|number|id))?|invoice(?: ?(?:no|number|id))?|tracking(?: ?(?:no|number|id))?|serial(?: ?(?:no|number))?|ref(?:erence)?(?: ?(?:no|number))?|sku|batch|ticket|txn|transaction(?: ?(?:no|number|id))?)$/i;
